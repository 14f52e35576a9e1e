package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.batch.UnprocessableRecordException;
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
import org.springframework.dao.DataAccessException;

/** Which partitions and consumers do not get on at the moment, and why. Says nothing that the open health page may not say. */
final class ConsumptionHealth {

    private final Map<Integer, String> troubles = new ConcurrentHashMap<>();
    private final Map<Thread, PollTrouble> polls = new ConcurrentHashMap<>();
    private volatile @Nullable String ended;

    /** What was wrong with a consumer's latest poll; kept until a round ends in which there was none. */
    private record PollTrouble(String text, boolean isOfThisRound) {}

    /** The state to show: ready if every consumer of this process consumes, and every partition it has gets on. */
    ReadinessCheck.State state() {
        return Optional.ofNullable(ended)
                .or(() -> polls.values().stream().findAny().map(PollTrouble::text))
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

    /** The poll of this thread's consumer has failed; it will poll again. */
    void pollFailed(Throwable failure) {
        polls.put(Thread.currentThread(), new PollTrouble(text(failure), true));
    }

    /** Kafka does not let this thread's consumer poll; it will poll again. */
    void pollRefused(String why) {
        polls.put(Thread.currentThread(), new PollTrouble(refusal(why), true));
    }

    /** This thread's consumer has polled, whatever came of it. */
    void polled() {
        polls.computeIfPresent(
                Thread.currentThread(),
                (thread, trouble) -> trouble.isOfThisRound() ? new PollTrouble(trouble.text(), false) : null);
    }

    /** This thread's consumer polls no more. */
    void polledLast() {
        polls.remove(Thread.currentThread());
    }

    /** A consumer ends, or has ended, by itself; what is told of it first is what ended it. */
    void ended(String why) {
        if (ended == null) {
            ended = "a consumer has ended (" + why + ") and is started anew";
        }
    }

    /** No consumer has ended for a while. */
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
            case UnprocessableRecordException fault ->
                fault.place() + " cannot be processed, a fault of our own (see the log)";
            case MongoException away -> "the store does not answer (" + nameOf(away) + "); trying again";
            case DataAccessException away -> "the store does not answer (" + nameOf(away) + "); trying again";
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
