package dev.sluice.service.logging;

import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.util.List;
import java.util.Locale;

/**
 * The log settings of a service's process. {@code SLUICE_LOG_FORMAT} is {@code text} or {@code json};
 * {@code SLUICE_LOG_LEVEL} is {@code info}, or {@code debug} for a line for every stored record.
 */
public final class LogSettings {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String FORMAT = "SLUICE_LOG_FORMAT";
    private static final String LEVEL = "SLUICE_LOG_LEVEL";

    private LogSettings() {}

    /**
     * Applies the settings. Must be called before anything logs.
     *
     * @param configuration resource name of the Logback configuration, which has one appender named after each
     *     format; unique per service, because the standalone has several on one class path
     * @throws SettingException if a setting has no valid value; logs are then written as text
     */
    public static void use(String configuration, Environment environment) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, configuration);
        }
        // Logback reads these before the environment, so an invalid value in the environment can still be logged.
        System.setProperty(FORMAT, "text");
        System.setProperty(LEVEL, "info");
        choose(FORMAT, List.of("text", "json"), environment);
        choose(LEVEL, List.of("info", "debug"), environment);
    }

    private static void choose(String setting, List<String> choices, Environment environment) {
        String wanted = environment.text(setting, choices.getFirst()).toLowerCase(Locale.ROOT);
        if (!choices.contains(wanted)) {
            throw new SettingException(setting, wanted, String.join(" or ", choices));
        }
        System.setProperty(setting, wanted);
    }
}
