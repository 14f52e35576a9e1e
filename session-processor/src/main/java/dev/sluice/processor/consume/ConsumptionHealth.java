package dev.sluice.processor.consume;

import dev.sluice.http.observe.ReadinessCheck;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Which partitions, or the consumer as a whole, make no progress at the moment, and why. Reveals only what the public health page may show. */
final class ConsumptionHealth {

    private final Map<Integer, String> troubles = new ConcurrentHashMap<>();
    private volatile @Nullable PollTrouble poll;
    private volatile @Nullable String ended;

    /** The failure of the latest poll; kept until a round ends without one. */
    private record PollTrouble(String text, boolean isOfThisRound) {}

    /** Ready if the consumer is consuming and every partition it owns makes progress. */
    ReadinessCheck.State state() {
        return Optional.ofNullable(ended)
                .or(() -> Optional.ofNullable(poll).map(PollTrouble::text))
                .or(this::firstPartition)
                .map(trouble -> new ReadinessCheck.State(false, trouble))
                .orElseGet(() -> new ReadinessCheck.State(true, "consuming"));
    }

    void failed(Collection<TopicPartition> partitions, Throwable failure) {
        String text = Trouble.of(failure).text();
        partitions.forEach(partition -> troubles.put(partition.partition(), text));
    }

    void recovered(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> troubles.remove(partition.partition()));
    }

    void pollFailed(Throwable failure) {
        poll = new PollTrouble(Trouble.of(failure).text(), true);
    }

    /** Notes that the consumer has polled, successfully or not. */
    void polled() {
        PollTrouble trouble = poll;
        poll = trouble != null && trouble.isOfThisRound() ? new PollTrouble(trouble.text(), false) : null;
    }

    /** Notes that the consumer will not poll again. */
    void polledLast() {
        poll = null;
    }

    /** Notes that the consumer ends by itself. The first reason reported is kept. */
    void ended(String why) {
        if (ended == null) {
            ended = "the consumer has ended (" + why + ") and is started anew";
        }
    }

    void settled() {
        ended = null;
    }

    private Optional<String> firstPartition() {
        return troubles.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .map(first -> troubles.size() == 1
                        ? first.getValue()
                        : troubles.size() + " partitions do not get on; the first: " + first.getValue());
    }
}
