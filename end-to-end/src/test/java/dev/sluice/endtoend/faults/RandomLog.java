package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.test.history.ExpectedProjection;
import dev.sluice.test.history.Projection;
import dev.sluice.test.history.RandomHistory;
import dev.sluice.test.process.InstalledTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Random histories written straight to a log, one per partition, and their expected results. Not thread-safe. */
final class RandomLog implements AutoCloseable {

    private static final int PROJECTS = 3;
    private static final int PATIENCE_SECONDS = 60;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Partition> partitions = new ArrayList<>();

    private record Partition(int number, RandomHistory history, List<Long> received) {}

    RandomLog(InstalledTopics topics, int count, Random random) {
        this.topic = topics.names().submissions();
        Map<String, Object> settings = new HashMap<>(topics.kafka());
        settings.put("acks", "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        for (int i = 0; i < count; i++) {
            partitions.add(new Partition(i, new RandomHistory(random, i, projects(i, count)), new ArrayList<>()));
        }
    }

    /** Writes {@code records} more records to each partition and returns when all are acknowledged. */
    void append(int records) {
        Map<Partition, List<Future<RecordMetadata>>> sent = new HashMap<>();
        for (Partition partition : partitions) {
            int from = partition.received().size();
            sent.put(
                    partition,
                    partition.history().of(from + records).stream()
                            .skip(from)
                            .map(submitted -> producer.send(submitted.to(topic)))
                            .toList());
        }
        sent.forEach((partition, futures) -> futures.forEach(future -> written(partition, future)));
    }

    /** The number of records in each partition. */
    int perPartition() {
        return partitions.getFirst().received().size();
    }

    /** The number of partitions. */
    int partitions() {
        return partitions.size();
    }

    /** The expected contents of the store. */
    Projection projection() {
        return Projection.all(
                expected().stream().map(ExpectedProjection::projection).toList());
    }

    /** The state that the outcome of each submission should report, by id. */
    Map<Long, String> states() {
        Map<Long, String> states = new TreeMap<>();
        expected().forEach(one -> states.putAll(one.states()));
        return states;
    }

    /** Ids of the records that cannot be read as a submission. */
    Set<Long> deadLetters() {
        return states().entrySet().stream()
                .filter(state -> state.getValue().equals("dead-lettered"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        producer.close();
    }

    private List<ExpectedProjection> expected() {
        return partitions.stream()
                .map(partition -> new ExpectedProjection(
                        partition.number(),
                        partition.history().of(partition.received().size()),
                        partition.received()::get))
                .toList();
    }

    private static List<Long> projects(int partition, int count) {
        return LongStream.iterate(1, project -> project + 1)
                .filter(project -> ProjectKey.partition(project, count) == partition)
                .limit(PROJECTS)
                .boxed()
                .toList();
    }

    private static void written(Partition partition, Future<RecordMetadata> sent) {
        try {
            RecordMetadata place = sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(place.partition()).isEqualTo(partition.number());
            assertThat(place.offset()).isEqualTo(partition.received().size());
            partition.received().add(place.timestamp());
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a record could not be written to the log", e);
        }
    }
}
