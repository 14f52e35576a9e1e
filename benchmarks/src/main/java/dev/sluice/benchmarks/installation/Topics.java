package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.Patience;
import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An installation's topics, and a token with all rights. */
public record Topics(Map<String, Object> kafka, TopicNames names, String token) {

    public static final User USER = new User(599, "user@example.com", "Bob", "Smith");

    private static final int PATIENCE_SECONDS = 60;

    /** Creates the topics with the default number of partitions. */
    public static Topics make(Kafka kafka, String prefix) {
        return make(kafka.properties(), new TopicNames(prefix), TopicSettings.DEFAULT_PARTITIONS);
    }

    public static Topics make(Map<String, Object> kafka, TopicNames names, int partitions) {
        List<NewTopic> wanted = TopicSettings.all(names, partitions).stream()
                .map(settings -> new NewTopic(settings.name(), Optional.of(settings.partitions()), Optional.empty())
                        .configs(settings.configuration()))
                .toList();
        TokenText text = TokenText.random(new SecureRandom());
        AccessToken token = new AccessToken(
                text.id(),
                SecretHash.ofSecret(text.secret()),
                USER,
                new Projects.All(),
                Role.ADMINISTRATOR,
                Instant.EPOCH,
                null);
        try (Admin admin = Admin.create(kafka);
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        new HashMap<>(kafka), new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(wanted).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            awaitLeaders(admin, wanted);
            producer.send(new ProducerRecord<>(
                            names.accessTokens(),
                            text.id().getBytes(StandardCharsets.UTF_8),
                            AccessTokenJson.write(token)))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the topics of \"" + names.prefix() + "\" could not be made", e);
        }
        return new Topics(kafka, names, text.reveal());
    }

    /**
     * Returns when every partition's leader serves it. If a producer sends earlier, its first batch may be refused but
     * the next one accepted; the first is then out of sequence for the broker, and never gets in.
     */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        Patience.await("a leader of each new partition", Duration.ofSeconds(PATIENCE_SECONDS), () -> {
            try {
                return admin.listOffsets(partitions)
                                .all()
                                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                                .size()
                        == partitions.size();
            } catch (ExecutionException | TimeoutException _) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
    }

    public String address() {
        return String.valueOf(kafka.get("bootstrap.servers"));
    }
}
