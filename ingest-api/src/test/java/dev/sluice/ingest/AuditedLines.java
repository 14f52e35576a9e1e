package dev.sluice.ingest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.http.api.AuditTrail;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Captures the audit trail until closed. */
final class AuditedLines implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditTrail.LOG_NAME);
    private final Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    AuditedLines() {
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
    }

    List<String> all() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }
}
