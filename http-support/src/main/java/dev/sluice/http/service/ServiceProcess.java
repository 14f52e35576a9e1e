package dev.sluice.http.service;

import dev.sluice.http.logging.LogSettings;
import dev.sluice.http.settings.Environment;
import dev.sluice.http.settings.SettingException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** How a service begins that is a process of its own: with the settings of its environment, or with a reason for people why it does not. */
public final class ServiceProcess {

    private static final int NOT_STARTED = 1;
    private static final int BAD_SETTING = 2;

    private ServiceProcess() {}

    /**
     * Starts a service. If it throws {@link SettingException}, or {@link UncheckedIOException} because it cannot listen, may open too few files, or lacks DNS, the process ends.
     *
     * @param main the service's class, for its log
     * @param logback the service's configuration of logging; with a name of its own, because others have theirs on the same class path in
     *     the standalone
     * @param arguments those of the process; a service takes none
     */
    public static void start(Class<?> main, String logback, String[] arguments, Consumer<Environment> service) {
        try {
            Environment environment = Environment.ofProcess();
            LogSettings.use(logback, environment);
            requireNone(arguments);
            service.accept(environment);
            tellUnread(main, environment.unread());
        } catch (SettingException e) {
            end(main, e, BAD_SETTING);
        } catch (UncheckedIOException e) {
            end(main, e, NOT_STARTED);
        }
    }

    // Not refused: services often share one file of settings.
    private static void tellUnread(Class<?> main, List<String> names) {
        if (!names.isEmpty()) {
            LoggerFactory.getLogger(main)
                    .warn("In the environment, and without effect on this service: {}", String.join(", ", names));
        }
    }

    static void requireNone(String[] arguments) {
        if (arguments.length > 0) {
            throw new SettingException(
                    "the first argument",
                    arguments[0],
                    "none, since all settings are environment variables (docs/operations.md lists them)");
        }
    }

    private static void end(Class<?> main, Exception reason, int exitCode) {
        LoggerFactory.getLogger(main).error("Not started: {}", reason.getMessage());
        System.exit(exitCode);
    }
}
