package dev.sluice.service.settings;

/**
 * An invalid setting that stops startup. Its message names the setting, its value and what was expected, and is
 * written for people.
 */
public final class SettingException extends RuntimeException {

    public SettingException(String name, String value, String expected) {
        super(name + " is \"" + value + "\": expected " + expected);
    }
}
