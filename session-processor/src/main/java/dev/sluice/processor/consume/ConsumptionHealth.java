package dev.sluice.processor.consume;

import com.mongodb.MongoException;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.batch.UnprocessableRecordException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.springframework.dao.DataAccessException;

/** Which partitions do not get on at the moment, and why. Says nothing that the open health page may not say. */
public final class ConsumptionHealth {

    private final Map<Integer, String> troubles = new ConcurrentHashMap<>();

    /** The state to show: ready if every partition this process has gets on. */
    public ReadinessCheck.State state() {
        return troubles.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .map(first -> new ReadinessCheck.State(
                        false,
                        troubles.size() == 1
                                ? first.getValue()
                                : troubles.size() + " partitions do not get on; the first: " + first.getValue()))
                .orElseGet(() -> new ReadinessCheck.State(true, "consuming"));
    }

    void failed(Collection<TopicPartition> partitions, RuntimeException failure) {
        String text = text(failure);
        partitions.forEach(partition -> troubles.put(partition.partition(), text));
    }

    void recovered(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> troubles.remove(partition.partition()));
    }

    private static String text(RuntimeException failure) {
        return switch (failure) {
            case LogEndsBeforeProgressException refusal -> refusal.getMessage();
            case UnprocessableRecordException fault ->
                fault.place() + " cannot be processed, a fault of our own (see the log)";
            case MongoException away -> "the store does not answer (" + nameOf(away) + "); trying again";
            case DataAccessException away -> "the store does not answer (" + nameOf(away) + "); trying again";
            case RecordTooLargeException refusal -> refusal.getMessage() + "; trying again";
            case KafkaException away -> "Kafka does not answer (" + nameOf(away) + "); trying again";
            default -> "a fault of our own (" + nameOf(failure) + "); trying again";
        };
    }

    private static String nameOf(RuntimeException failure) {
        return failure.getClass().getSimpleName();
    }
}
