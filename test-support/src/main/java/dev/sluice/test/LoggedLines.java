package dev.sluice.test;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a logger logs until this is closed. May be read while it goes on. */
public final class LoggedLines implements AutoCloseable {

    private final Logger logger;
    private final @Nullable Level before;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            events.add(event);
        }
    };

    /** Collects what a class logs at INFO and above. */
    public LoggedLines(Class<?> logger) {
        this(logger.getName(), Level.INFO);
    }

    /** Collects what the logger of that name logs at {@code level} and above. */
    public LoggedLines(String logger, Level level) {
        this.logger = (Logger) LoggerFactory.getLogger(logger);
        this.before = this.logger.getLevel();
        this.logger.setLevel(level);
        appender.start();
        this.logger.addAppender(appender);
    }

    /** The messages, in their order. */
    public List<String> all() {
        return events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    public List<ILoggingEvent> events() {
        return events;
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }
}
