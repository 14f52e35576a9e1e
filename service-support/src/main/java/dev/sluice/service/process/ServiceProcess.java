package dev.sluice.service.process;

import dev.sluice.service.kafka.RecordCodecs;
import dev.sluice.service.logging.LogSettings;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a service in its own process, with settings from its environment, or reports why it cannot start. */
public final class ServiceProcess {

    private static final int NOT_STARTED = 1;
    private static final int BAD_SETTING = 2;

    private ServiceProcess() {}

    /**
     * Starts a service, once {@link RecordCodecs} are loaded. If it throws {@link SettingException}, or {@link
     * UncheckedIOException} because it cannot listen, may open too few files, or lacks DNS, the process ends. {@code
     * logback} is the name of its logging configuration, and {@code main} its class, for its log.
     */
    public static void start(Class<?> main, String logback, String[] arguments, Consumer<Environment> service) {
        if (List.of(arguments).equals(List.of("--help"))) {
            System.out.println("Configured by environment variables, which docs/reference.md lists.");
            return;
        }
        try {
            Environment environment = Environment.ofProcess();
            LogSettings.use(logback, environment);
            requireNone(arguments);
            RecordCodecs.load();
            ClockWatch.start();
            service.accept(environment);
            tellUnread(main, environment.unread());
        } catch (SettingException e) {
            end(main, e, BAD_SETTING);
        } catch (UncheckedIOException e) {
            end(main, e, NOT_STARTED);
        }
    }

    /** Has the service closed once the process is told to end, and the log say so. */
    public static void closeAtEnd(Class<?> main, Runnable close) {
        Logger log = LoggerFactory.getLogger(main);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            log.info("Stopping");
                            close.run();
                            log.info("Stopped");
                        },
                        "shutdown"));
    }

    // Not refused: services often share one settings file.
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
                    "none, since all settings are environment variables (docs/reference.md lists them)");
        }
    }

    private static void end(Class<?> main, Exception reason, int exitCode) {
        LoggerFactory.getLogger(main).error("Not started: {}", reason.getMessage());
        System.exit(exitCode);
    }
}
