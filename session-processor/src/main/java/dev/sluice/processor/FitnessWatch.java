package dev.sluice.processor;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.topic.TopicChecks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges whether the submissions topic is fit for use while the processor consumes it, and logs each change of that judgement once.
 * Not thread-safe.
 */
final class FitnessWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FitnessWatch.class);

    private final TopicChecks topics;
    private @Nullable TopicFitness judged;

    FitnessWatch(TopicChecks topics) {
        this.topics = topics;
    }

    /** Takes the topic as the start has checked and logged it. */
    void begin(TopicFacts found) {
        judged = topics.fitness(found);
    }

    /** The readiness that follows from the topic's current settings, which may have changed since the last call. */
    ReadinessCheck.State judge(TopicFacts found) {
        TopicFitness fitness = topics.fitness(found);
        if (!fitness.equals(judged)) {
            fitness.faultsAndRisks().ifPresent(sentence -> LOG.error("{}", sentence));
            fitness.remarks().forEach(remark -> LOG.warn("Be aware: {}", remark));
            judged = fitness;
        }
        if (!fitness.faults().isEmpty()) {
            return new ReadinessCheck.State(false, String.join("; ", fitness.faults()));
        }
        return fitness.faultsAndRisks()
                .map(risks -> new ReadinessCheck.State(true, risks))
                .orElse(ProcessorStartup.STARTED);
    }
}
