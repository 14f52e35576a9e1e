package dev.sluice.service.settings;

/**
 * An invalid setting that stops startup. Its message names the setting, its value and what was expected, and is
 * written for people.
 */
public final class SettingException extends RuntimeException {

    private final String variable;

    public SettingException(String name, String value, String expected) {
        this(name, name, value, expected);
    }

    /** @param variable where the setting comes from, such as the variable that names the file it is in */
    public SettingException(String variable, String name, String value, String expected) {
        super(name + " is \"" + value + "\": expected " + expected);
        this.variable = variable;
    }

    public String variable() {
        return variable;
    }
}
