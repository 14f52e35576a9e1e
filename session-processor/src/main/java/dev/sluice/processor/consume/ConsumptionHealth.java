package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.progress.ProgressWentBackException;
import dev.sluice.processor.store.AnotherRecordStoredException;
import dev.sluice.processor.store.ContendedDocumentsException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
        String text = text(failure);
        partitions.forEach(partition -> troubles.put(partition.partition(), text));
    }

    void recovered(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> troubles.remove(partition.partition()));
    }

    void pollFailed(Throwable failure) {
        poll = new PollTrouble(text(failure), true);
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

    private static String text(Throwable failure) {
        return switch (failure) {
            case LogEndsBeforeProgressException refusal -> refusal.getMessage();
            case AnotherRecordStoredException refusal -> refusal.getMessage();
            case UnreadableDocumentException newer -> newer.getMessage() + " (see the log and docs/operations.md)";
            case UnreadableLogException broken -> broken.getMessage() + "; trying again";
            case ContendedDocumentsException contended -> contended.getMessage() + "; trying again";
            case ProgressWentBackException back -> back.getMessage() + "; beginning again there";
            case UnprocessableRecordException fault ->
                fault.record() + " cannot be processed, a fault of our own (see the log); " + fault.wayOut();
            case MongoException away -> "the store does not answer (" + nameOf(away) + "); trying again";
            case AuthorizationException refused -> refusal(nameOf(refused));
            case AuthenticationException refused -> refusal(nameOf(refused));
            case RecordTooLargeException refusal -> refusal.getMessage() + "; trying again";
            case OffsetOutOfRangeException gone ->
                "the log does not have what is to be read next (" + nameOf(gone) + "); looking again";
            case KafkaException away -> "Kafka does not answer (" + nameOf(away) + "); trying again";
            default -> "a fault of our own (" + nameOf(failure) + "); trying again";
        };
    }

    private static String refusal(String why) {
        return "Kafka does not let us consume (" + why + ", see docs/security.md); trying again";
    }

    private static String nameOf(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
