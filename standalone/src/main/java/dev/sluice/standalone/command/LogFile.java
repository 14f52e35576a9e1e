package dev.sluice.standalone.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.service.logging.TextLines;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Logs to a file, for a process whose console is for people. The file rolls over at 10 MB, and the last five files are kept. */
public final class LogFile {

    private static final String SIZE = "10MB";
    private static final int KEPT = 5;

    // These loggers are verbose at INFO (the broker prints all of its settings) and say nothing useful.
    private static final List<String> TALKATIVE = List.of(
            "org.apache.kafka",
            "kafka",
            "state.change.logger",
            "org.mongodb.driver",
            "org.springframework",
            "de.bwaldvogel",
            "io.helidon");

    // Logs a warning with a stack trace for each client that disconnects while it sends its headers.
    private static final String CONNECTION = "io.helidon.webserver.http1.Http1Connection";

    private LogFile() {}

    /** Sends everything that this JVM logs from now on to {@code file}, and nothing to the console. */
    public static void use(Path file) {
        // Otherwise Spring Boot would set up logging again, for the console.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        use(context(), file);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** As {@link #use(Path)}; and sends the audit trail also to a file of its own, which no other lines make roll over. */
    public static void use(Path file, Path auditTrail) {
        use(file);
        addAuditTrail(context(), auditTrail);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    static void use(LoggerContext context, Path file) {
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender(context, file));
        TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        context.getLogger(CONNECTION).setLevel(Level.ERROR);
    }

    static void addAuditTrail(LoggerContext context, Path file) {
        context.getLogger(AuditTrail.LOG_NAME).addAppender(appender(context, file));
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
