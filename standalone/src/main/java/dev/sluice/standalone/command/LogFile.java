package dev.sluice.standalone.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.sluice.http.logging.TextLines;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of a process whose console is for people: a file that rolls at 10 MB, with the last five kept. */
public final class LogFile {

    private static final String SIZE = "10MB";
    private static final int KEPT = 5;

    // These say much at INFO, the broker every setting it has, and nothing that is missed.
    private static final List<String> TALKATIVE = List.of(
            "org.apache.kafka",
            "kafka",
            "state.change.logger",
            "org.mongodb.driver",
            "org.springframework",
            "de.bwaldvogel",
            "io.helidon");

    // It warns, with a stack trace, of each client that goes away in the middle of its headers.
    private static final String CONNECTION = "io.helidon.webserver.http1.Http1Connection";

    private LogFile() {}

    /** From now on everything that is logged in this JVM goes to {@code file}, and nothing to the console. */
    public static void use(Path file) {
        // Spring Boot would set up logging anew, for the console.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender(context, file));
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        context.getLogger(CONNECTION).setLevel(Level.ERROR);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static RollingFileAppender<ILoggingEvent> appender(LoggerContext context, Path file) {
        TextLines encoder = new TextLines();
        encoder.setContext(context);
        encoder.start();

        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);

        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMaxIndex(KEPT);
        rolling.start();

        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FileSize.valueOf(SIZE));
        trigger.start();

        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();
        return appender;
    }
}
