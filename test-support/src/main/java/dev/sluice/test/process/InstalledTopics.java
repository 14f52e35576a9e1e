package dev.sluice.test.process;

import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.SourceLogJson;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.test.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The topics of an installation, created before its services start, with the cluster's default number of replicas. */
public record InstalledTopics(Map<String, Object> kafka, TopicNames names) {

    private static final int PATIENCE_SECONDS = 60;
    private static final Duration READ_WITHIN = Duration.ofMinutes(3);

    public static InstalledTopics make(Map<String, Object> kafka, TopicNames names, int partitions) {
        List<NewTopic> wanted = TopicSettings.all(names, partitions).stream()
                .map(settings -> new NewTopic(settings.name(), Optional.of(settings.partitions()), Optional.empty())
                        .configs(settings.configuration()))
                .toList();
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(wanted).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the topics of " + names + " could not be made", e);
        }
        return new InstalledTopics(kafka, names);
    }

    /** Deletes the topic of submissions and creates it again, with one replica. Returns Kafka's new id of it. */
    public String makeSubmissionsAnew(int partitions) {
        TopicSettings settings = TopicSettings.submissions(names, partitions);
        NewTopic topic = new NewTopic(settings.name(), partitions, (short) 1).configs(settings.configuration());
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(List.of(topic.name())).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String id = Awaitility.await()
                    .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .ignoreExceptions()
                    .until(
                            () -> admin.createTopics(List.of(topic))
                                    .topicId(topic.name())
                                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                    .toString(),
                            _ -> true);
            // The broker may still know the former one when the controller has made the new one.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                    .ignoreExceptions()
                    .until(this::submissionsId, id::equals);
            return id;
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("topic " + topic.name() + " could not be deleted", e);
        }
    }

    /** Kafka's id of the topic of submissions. */
    public String submissionsId() {
        try (Admin admin = Admin.create(kafka)) {
            return Objects.requireNonNull(admin.describeTopics(List.of(names.submissions()))
                            .allTopicNames()
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .get(names.submissions()))
                    .topicId()
                    .toString();
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("there is no topic " + names.submissions(), e);
        }
    }

    /** All current records of a topic, by partition and in log order. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + READ_WITHIN.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the end of " + topic + " was not read within " + READ_WITHIN);
                }
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** The text of a new token for every project. */
    public String token(Role role) {
        return token(role, new Projects.All()).reveal();
    }

    /** A new token that never expires. */
    public TokenText token(Role role, Projects projects) {
        TokenText text = TestTokens.text();
        putToken(text.id(), AccessTokenJson.write(TestTokens.token(text, role, projects)));
        return text;
    }

    /** Writes a record to the topic of tokens, whatever it is. */
    public void putToken(String id, byte @Nullable [] value) {
        put(names.accessTokens(), id, value);
    }

    /** Says which log the store is filled from, as a processor does; or writes anything else there. */
    public void putSourceLog(byte @Nullable [] value) {
        put(names.installation(), SourceLogJson.KEY, value);
    }

    private void put(String topic, String key, byte @Nullable [] value) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the record could not be written to " + topic, e);
        }
    }
}
