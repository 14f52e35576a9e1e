package dev.sluice.processor;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.topic.TopicChecks;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges whether the submissions topic is fit for use while the processor consumes it, and logs each sentence of that judgement once.
 * Not thread-safe.
 */
final class FitnessWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FitnessWatch.class);

    private final TopicChecks topics;
    private TopicFitness judged = new TopicFitness(List.of(), List.of(), List.of());

    FitnessWatch(TopicChecks topics) {
        this.topics = topics;
    }

    /** Takes the topic as the start has checked and logged it. */
    void begin(TopicFacts found) {
        judged = topics.fitness(found);
    }

    /** Judges the topic again: its settings, or what Kafka can do with it, may have changed. */
    void judge(TopicFacts found) {
        TopicFitness before = judged;
        judged = topics.fitness(found);
        news(judged.faults(), before.faults()).forEach(fault -> LOG.error("{}", fault));
        news(judged.risks(), before.risks()).forEach(risk -> LOG.error("{}", risk));
        news(judged.remarks(), before.remarks()).forEach(remark -> LOG.warn("Be aware: {}", remark));
    }

    /** The readiness that follows from the latest judgement. */
    ReadinessCheck.State state() {
        if (!judged.faults().isEmpty()) {
            return new ReadinessCheck.State(false, String.join("; ", judged.faults()));
        }
        List<String> said = new ArrayList<>(judged.risks());
        said.addAll(judged.remarks());
        said.addFirst("topics and indexes are there");
        return new ReadinessCheck.State(true, String.join("; ", said));
    }

    private static List<String> news(List<String> now, List<String> before) {
        return now.stream().filter(sentence -> !before.contains(sentence)).toList();
    }
}
