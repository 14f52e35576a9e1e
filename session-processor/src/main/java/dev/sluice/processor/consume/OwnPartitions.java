package dev.sluice.processor.consume;

import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.Halt;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.OwnProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** The partitions that this process owns: how far it is with them, and where they are stopped. Thread-safe. */
public final class OwnPartitions {

    private final OwnProgress progress;
    private final Breaker breaker;

    public OwnPartitions(OwnProgress progress, Breaker breaker) {
        this.progress = progress;
        this.breaker = breaker;
    }

    void enter(Generation live) {
        progress.enter(live);
    }

    void assigned(Collection<TopicPartition> partitions) {
        breaker.forget(numbers(partitions));
        progress.assigned(numbers(partitions));
    }

    void revoked(Collection<TopicPartition> partitions) {
        progress.revoked(numbers(partitions));
        breaker.forget(numbers(partitions));
    }

    void refresh(Collection<TopicPartition> partitions) {
        breaker.refresh(numbers(partitions));
    }

    long stopsAt(int partition) {
        return breaker.stopsAt(partition);
    }

    List<Halt> halts() {
        return breaker.halts();
    }

    /** By partition, the position after the last record that has been processed since it was assigned. */
    Map<Integer, Long> reached() {
        return progress.passed().reached();
    }

    static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }
}
