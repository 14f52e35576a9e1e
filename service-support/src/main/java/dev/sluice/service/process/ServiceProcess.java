package dev.sluice.service.process;

import dev.sluice.service.kafka.RecordCodecs;
import dev.sluice.service.logging.LogSettings;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a service in its own process, with settings from its environment, or reports why it cannot start. */
public final class ServiceProcess {

    private static final int NOT_STARTED = 1;
    private static final int BAD_SETTING = 2;

    private ServiceProcess() {}

    /**
     * Starts a service, once {@link RecordCodecs} are loaded. If it throws {@link SettingException}, or {@link
     * UncheckedIOException} because it cannot listen, may open too few files, or lacks DNS, the process ends.
     *
     * @param main its class, for its log
     * @param logback the name of its logging configuration
     * @param service reads the settings, without any other effect, and returns what starts the service
     */
    public static void start(
            Class<?> main, String logback, String[] arguments, Function<Environment, Runnable> service) {
        Function<Environment, Runnable> settings = environment -> {
            LogSettings.use(logback, environment);
            return service.apply(environment);
        };
        if (List.of(arguments).contains("--help")) {
            System.out.println(help(settings));
            return;
        }
        Environment environment = Environment.ofProcess();
        try {
            Runnable start = settings.apply(environment);
            requireNone(arguments);
            RecordCodecs.load();
            ClockWatch.start();
            start.run();
            tellUnread(main, environment.unread());
        } catch (SettingException e) {
            List<SettingException> bad = bad(environment, settings).toList();
            end(main, bad.isEmpty() ? List.of(e) : bad, BAD_SETTING);
        } catch (UncheckedIOException e) {
            end(main, List.of(e), NOT_STARTED);
        }
    }

    static String help(Function<Environment, ?> settings) {
        Environment defaults = new Environment(Map.of());
        var _ = settings.apply(defaults);
        return "Reads these environment variables, which docs/reference.md describes (#settings, #limits):\n  "
                + String.join("\n  ", defaults.names());
    }

    /** Each bad setting is found once those before it are left out. */
    static Stream<SettingException> bad(Environment environment, Function<Environment, ?> settings) {
        try {
            var _ = settings.apply(environment);
            return Stream.empty();
        } catch (SettingException e) {
            Stream<Environment> rest = environment.without(e.variable()).stream();
            return Stream.concat(Stream.of(e), rest.flatMap(others -> bad(others, settings)));
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
                    "none, since all settings are environment variables (--help lists them)");
        }
    }

    private static void end(Class<?> main, List<? extends Exception> reasons, int exitCode) {
        reasons.forEach(reason -> LoggerFactory.getLogger(main).error("Not started: {}", reason.getMessage()));
        System.exit(exitCode);
    }
}
