package dev.sluice.processor;

import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/**
 * What an operator can do to the submissions topic.
 *
 * @param kafka connection settings
 */
record TopicUnderTest(Map<String, Object> kafka, TopicNames topics) {

    void set(String setting, String value) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, topics.submissions());
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
        }
    }

    /** Deletes the topic and creates it again, with the usual settings except those given as names and values. */
    void makeAnew(int partitions, String... settings) throws Exception {
        delete();
        Map<String, String> configuration =
                new HashMap<>(TopicSettings.submissions(topics, partitions).configuration());
        for (int i = 0; i < settings.length; i += 2) {
            configuration.put(settings[i], settings[i + 1]);
        }
        NewTopic topic = new NewTopic(topics.submissions(), partitions, (short) 1).configs(configuration);
        try (Admin admin = Admin.create(kafka)) {
            await().atMost(ProcessorUnderTest.PATIENCE)
                    .ignoreExceptions()
                    .until(() -> isDone(admin.createTopics(List.of(topic)).all()));
        }
    }

    void delete() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteTopics(List.of(topics.submissions())).all().get();
            await().atMost(ProcessorUnderTest.PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(topics.submissions()));
        }
    }

    private static boolean isDone(KafkaFuture<Void> future) throws Exception {
        future.get();
        return true;
    }
}
