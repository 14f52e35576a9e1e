package dev.sluice.processor.batch;

import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line in the process's log for each record that has its outcome in the store, with the request that it came with: for what was refused
 * as ever, for all else only where the logger's level is DEBUG. Nothing of what was submitted is in it: that is for readers of the project.
 */
final class OutcomeLog {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeLog.class);

    private OutcomeLog() {}

    static void tell(List<Decision> decisions) {
        for (Decision decision : decisions) {
            Level level = decision.outcome().isBad() ? Level.INFO : Level.DEBUG;
            if (LOG.isEnabledForLevel(level)) {
                tell(decision.record(), decision.outcome().state(), LOG.atLevel(level));
            }
        }
    }

    private static void tell(ReadRecord record, String state, LoggingEventBuilder line) {
        OptionalLong project = record.document().project();
        String owner = project.isPresent() ? "project " + project.getAsLong() : "no project";
        String request = record.requestId().orElse("none");
        line.addKeyValue("submission", record.id())
                .addKeyValue("state", state)
                .addKeyValue("request", request)
                .log("Submission {} of {} is {}; request {}", record.id(), owner, state, request);
    }
}
