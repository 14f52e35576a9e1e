package dev.sluice.http.logging;

import dev.sluice.http.settings.Environment;
import dev.sluice.http.settings.SettingException;
import java.util.List;
import java.util.Locale;

/**
 * How a service's process logs. {@code SLUICE_LOG_FORMAT} is {@code text} or {@code json}; {@code SLUICE_LOG_LEVEL} is {@code info}, or {@code
 * debug} for a line for every record that was stored.
 */
public final class LogSettings {

    private static final String CONFIGURATION = "logback.configurationFile";
    private static final String FORMAT = "SLUICE_LOG_FORMAT";
    private static final String LEVEL = "SLUICE_LOG_LEVEL";

    private LogSettings() {}

    /**
     * To be called before anything logs.
     *
     * @param configuration logback's, which has an appender of the name of each format. It has a name of its own, because others have theirs
     *     on the same class path in the standalone
     * @throws SettingException if a setting is none of these; what is logged then is text
     */
    public static void use(String configuration, Environment environment) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, configuration);
        }
        // Logback looks into these before it looks into the environment: whatever is wrong there, that can be logged.
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
