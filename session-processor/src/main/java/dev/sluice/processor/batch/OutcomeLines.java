package dev.sluice.processor.batch;

import dev.sluice.contract.topic.SubmissionHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs a line for each record that has its outcome in the store, with the id of its request, at DEBUG. Of refused records, those of a project in a
 * chunk have a few such lines at INFO and one with the number of the rest, so that no submitter fills the log. Contains no submitted content,
 * which only the project's readers may see.
 */
final class OutcomeLines {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeLines.class);
    private static final int EACH_ON_ITS_OWN = 3;

    private OutcomeLines() {}

    private record Refusal(OptionalLong project, String state) {}

    static void tell(List<Decision> decisions) {
        Map<Refusal, List<ReadRecord>> refused = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            ReadRecord record = decision.record();
            String state = decision.outcome().state();
            if (decision.outcome().isRefusal()) {
                refused.computeIfAbsent(new Refusal(record.document().project(), state), _ -> new ArrayList<>())
                        .add(record);
            } else if (LOG.isDebugEnabled()) {
                tell(Level.DEBUG, record, state);
            }
        }
        refused.forEach(OutcomeLines::tellRefused);
    }

    private static void tellRefused(Refusal refusal, List<ReadRecord> records) {
        int own = Math.min(records.size(), EACH_ON_ITS_OWN);
        records.subList(0, own).forEach(record -> tell(Level.INFO, record, refusal.state()));
        List<ReadRecord> rest = records.subList(own, records.size());
        if (LOG.isDebugEnabled()) {
            rest.forEach(record -> tell(Level.DEBUG, record, refusal.state()));
        } else if (!rest.isEmpty()) {
            tellTogether(refusal, rest);
        }
    }

    private static void tell(Level level, ReadRecord record, String state) {
        String request = SubmissionHeaders.requestId(record.source().headers()).orElse("none");
        LOG.atLevel(level)
                .addKeyValue("submission", record.id())
                .addKeyValue("state", state)
                .addKeyValue("request", request)
                .log(
                        "Submission {} of {} is {}; request {}",
                        record.id(),
                        owner(record.document().project()),
                        state,
                        request);
    }

    private static void tellTogether(Refusal refusal, List<ReadRecord> records) {
        LOG.atInfo()
                .addKeyValue("submissions", records.size())
                .addKeyValue("state", refusal.state())
                .log(
                        "{} more submissions of {}, from {} to {}, are {}",
                        records.size(),
                        owner(refusal.project()),
                        records.getFirst().id(),
                        records.getLast().id(),
                        refusal.state());
    }

    private static String owner(OptionalLong project) {
        return project.isPresent() ? "project " + project.getAsLong() : "no project";
    }
}
