package dev.sluice.processor.batch;

import dev.sluice.contract.topic.SubmissionHeaders;
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
        Map<Refusal, Integer> refused = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            ReadRecord record = decision.record();
            String state = decision.outcome().state();
            boolean isToldOfAFew = decision.outcome().isRefusal()
                    && refused.merge(new Refusal(record.document().project(), state), 1, Integer::sum)
                            <= EACH_ON_ITS_OWN;
            if (isToldOfAFew || LOG.isDebugEnabled()) {
                tell(isToldOfAFew ? Level.INFO : Level.DEBUG, record, state);
            }
        }
        refused.forEach(OutcomeLines::tellRest);
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

    private static void tellRest(Refusal refusal, int count) {
        int rest = count - EACH_ON_ITS_OWN;
        if (rest > 0 && !LOG.isDebugEnabled()) {
            LOG.atInfo()
                    .addKeyValue("submissions", rest)
                    .addKeyValue("state", refusal.state())
                    .log("{} more submissions of {} are {}", rest, owner(refusal.project()), refusal.state());
        }
    }

    private static String owner(OptionalLong project) {
        return project.isPresent() ? "project " + project.getAsLong() : "no project";
    }
}
