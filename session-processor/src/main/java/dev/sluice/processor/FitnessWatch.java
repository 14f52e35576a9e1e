package dev.sluice.processor;

import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.topic.TopicChecks;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.offsets.LogOffsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges whether the submissions topic is fit for use and can be read while the processor consumes it, and logs each sentence of that judgement
 * once. Not thread-safe.
 */
final class FitnessWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FitnessWatch.class);
    private static final String UNANSWERED = "a broker that leads partitions of the log does not answer this processor";
    // A partition whose leader fails has another one before it is asked so often.
    private static final int MOST_IN_VAIN = 3;

    private final TopicChecks topics;
    private final LogOffsets offsets;
    private TopicFitness judged = new TopicFitness(List.of(), List.of(), List.of());
    private boolean isLed = true;
    private int askedInVain;

    FitnessWatch(TopicChecks topics, LogOffsets offsets) {
        this.topics = topics;
        this.offsets = offsets;
    }

    /** Takes the topic as the start has checked and logged it. */
    void begin(TopicFacts found) {
        judged = topics.fitness(found);
        isLed = !found.led().isEmpty();
        askedInVain = 0;
    }

    /** Judges the topic again: its settings, or what Kafka can do with it, may have changed. */
    void judge(TopicFacts found) {
        TopicFitness before = judged;
        judged = topics.fitness(found);
        isLed = !found.led().isEmpty();
        news(judged.faults(), before.faults()).forEach(fault -> LOG.error("{}", fault));
        news(judged.risks(), before.risks()).forEach(risk -> LOG.error("{}", risk));
        news(judged.remarks(), before.remarks()).forEach(remark -> LOG.warn("Be aware: {}", remark));
        askLeaders(found);
    }

    /** Finds out what no consumer tells: it waits in silence for a broker that it cannot reach, and gets on with the others. */
    private void askLeaders(TopicFacts found) {
        try {
            offsets.ends(found.led());
            askedInVain = 0;
        } catch (KafkaException e) {
            askedInVain++;
            if (askedInVain == MOST_IN_VAIN) {
                LOG.error("{}: {}", UNANSWERED, KafkaReason.of(e));
            }
        }
    }

    /** The readiness that follows from the latest judgement. */
    ReadinessCheck.State state() {
        if (!judged.faults().isEmpty()) {
            return new ReadinessCheck.State(false, String.join("; ", judged.faults()));
        }
        if (askedInVain >= MOST_IN_VAIN) {
            return new ReadinessCheck.State(false, UNANSWERED);
        }
        List<String> said = new ArrayList<>(judged.risks());
        said.addAll(judged.remarks());
        said.addFirst("topics and indexes are there");
        return new ReadinessCheck.State(isLed, String.join("; ", said));
    }

    private static List<String> news(List<String> now, List<String> before) {
        return now.stream().filter(sentence -> !before.contains(sentence)).toList();
    }
}
