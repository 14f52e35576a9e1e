package dev.sluice.http.logging;

import dev.sluice.http.settings.Environment;
import dev.sluice.http.settings.SettingException;
import java.util.Locale;
import java.util.Set;

/** How a service's process logs, as {@code SLUICE_LOG_FORMAT} says: {@code text}, which is the default, or {@code json}. */
public final class LogFormat {

    private static final String SETTING = "SLUICE_LOG_FORMAT";
    private static final String TEXT = "text";
    private static final Set<String> KNOWN = Set.of(TEXT, "json");
    private static final String CONFIGURATION = "logback.configurationFile";

    private LogFormat() {}

    /**
     * To be called before anything logs.
     *
     * @param configuration logback's, which has an appender of the name of each format. It has a name of its own, because others have theirs
     *     on the same class path in the standalone
     * @throws SettingException if the setting is neither; what is logged then is text
     */
    public static void use(String configuration, Environment environment) {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, configuration);
        }
        String wanted = environment.text(SETTING, TEXT).toLowerCase(Locale.ROOT);
        boolean isKnown = KNOWN.contains(wanted);
        // Where logback looks before it looks into the environment.
        System.setProperty(SETTING, isKnown ? wanted : TEXT);
        if (!isKnown) {
            throw new SettingException(SETTING, wanted, "text or json");
        }
    }
}
