package dev.sluice.processor.batch;

import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs a line for each record that has its outcome in the store, with the id of its request: always for refused records, at DEBUG for all
 * others. Contains no submitted content, which only the project's readers may see.
 */
final class OutcomeLines {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeLines.class);

    private OutcomeLines() {}

    static void tell(List<Decision> decisions) {
        for (Decision decision : decisions) {
            Level level = decision.outcome().isRefusal() ? Level.INFO : Level.DEBUG;
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
