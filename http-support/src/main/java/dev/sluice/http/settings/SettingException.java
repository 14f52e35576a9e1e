package dev.sluice.http.settings;

/** A setting that stops the start. Its message names the setting, its value and what was expected, and is meant for people. */
public final class SettingException extends RuntimeException {

    public SettingException(String name, String value, String expected) {
        super(name + " is \"" + value + "\": expected " + expected);
    }
}
