package dev.sluice.processor;

import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What an operator can do to the submissions topic.
 *
 * @param kafka connection settings
 */
record TopicUnderTest(Map<String, Object> kafka, TopicNames topics) {

    void set(String setting, String value) throws Exception {
        set(topics.submissions(), setting, value);
    }

    /** Changes a setting of any topic. */
    void set(String name, String setting, String value) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(kafka)) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
        }
    }

    void increaseTo(int partitions) throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.createPartitions(Map.of(topics.submissions(), NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
            awaitSeen(admin, seen -> seen.partitions().size() == partitions);
        }
    }

    /** A broker answers from its cache, which may be older than what was changed. */
    private void awaitSeen(Admin admin, Predicate<TopicDescription> changed) {
        await().ignoreExceptions()
                .until(() -> changed.test(admin.describeTopics(List.of(topics.submissions()))
                        .topicNameValues()
                        .values()
                        .iterator()
                        .next()
                        .get()));
    }

    /** Deletes the topic and creates it again, with the usual settings except those given as names and values. */
    void makeAnew(int partitions, String... settings) throws Exception {
        delete();
        create(partitions, settings);
    }

    /** Creates the topic in the same way, and returns Kafka's id of it. */
    String create(int partitions, String... settings) throws Exception {
        Map<String, String> configuration =
                new HashMap<>(TopicSettings.submissions(topics, partitions).configuration());
        for (int i = 0; i < settings.length; i += 2) {
            configuration.put(settings[i], settings[i + 1]);
        }
        NewTopic topic = new NewTopic(topics.submissions(), partitions, (short) 1).configs(configuration);
        try (Admin admin = Admin.create(kafka)) {
            String id = await().ignoreExceptions()
                    .until(
                            () -> admin.createTopics(List.of(topic))
                                    .topicId(topics.submissions())
                                    .get()
                                    .toString(),
                            made -> true);
            awaitSeen(admin, seen -> seen.topicId().toString().equals(id));
            return id;
        }
    }

    /** As Kafka does once records are older than it keeps them. */
    void deleteRecordsBefore(int partition, long offset) throws Exception {
        TopicPartition shortened = new TopicPartition(topics.submissions(), partition);
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteRecords(Map.of(shortened, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    void delete() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(List.of(topics.submissions())).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(topics.submissions()));
        }
    }
}
