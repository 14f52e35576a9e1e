package dev.sluice.processor;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.http.api.AuditTrail;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The lines that an action writes to the audit trail. */
public final class HeardTrail {

    private HeardTrail() {}

    public static List<String> of(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(AuditTrail.LOG_NAME);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(before);
        }
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
