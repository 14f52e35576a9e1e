package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Processors start and stop while records arrive, so that partitions move between them repeatedly. */
class TwoProcessorsIT {

    private static final int PROJECTS = 8;
    private static final int ROUNDS = 40;

    private final TopicNames topics = TestKafka.freshTopics(TwoProcessorsIT.class);
    private final ProcessorConfig config = FreshConfig.of(kafka(), TwoProcessorsIT.class, topics, 4);

    @Test
    void storeAndCountEverythingOnceBetweenThem() {
        List<Long> ids = new ArrayList<>();
        try (ProcessorUnderTest one = new ProcessorUnderTest(config).start();
                ProcessorUnderTest other = new ProcessorUnderTest(config)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (long project = 1; project <= PROJECTS; project++) {
                    ids.add(one.submit(project, session(project, round)));
                }
                switch (round) {
                    case 10 -> other.start();
                    case 20 -> one.stop();
                    case 30 -> one.start();
                    default -> {}
                }
                one.awaitProgress(ids.get(Math.max(0, ids.size() - 5 * PROJECTS)));
            }
            ids.subList(ids.size() - PROJECTS, ids.size()).forEach(one::awaitProgress);

            assertThat(one.collection("submissions").countDocuments()).isEqualTo(ids.size());
            for (long project = 1; project <= PROJECTS; project++) {
                BsonDocument task =
                        one.tasksWith(project, "T1").getDocument("tasks").getDocument("T1");
                assertThat(task.getInt64("notes").getValue()).isEqualTo(2L * ROUNDS);
                assertThat(task.getString("status").getValue()).isEqualTo("fail");
                BsonDocument counts = one.collection("counts")
                        .find(new Document("_id", project))
                        .first();
                assertThat(counts).isNotNull();
                assertThat(counts.getDocument("states").getInt64("stored").getValue())
                        .isEqualTo(ROUNDS);
                assertThat(counts.getDocument("sessions").getInt64("veracode").getValue())
                        .isEqualTo(ROUNDS);
            }
        }
    }

    /** With more frequent heartbeats, so that members of the group learn of each other sooner than by default. */
    private static Map<String, Object> kafka() {
        Map<String, Object> settings = new HashMap<>(TestKafka.properties());
        settings.put("heartbeat.interval.ms", 200);
        return settings;
    }

    /** A session whose notes fail the task in the last round only. */
    private static String session(long project, int round) {
        String last = round == ROUNDS - 1 ? "fail" : "none";
        return "{\"analysis_ref\":\"r\",\"analysis_type\":\"veracode\",\"notes\":[" + note(project, "replace", "pass")
                + "," + note(project, "combine", last) + "]}";
    }

    private static String note(long project, String behaviour, String status) {
        return "{\"task\":\"" + project + "-T1\",\"behaviour\":\"" + behaviour
                + "\",\"confidence\":\"low\",\"findings\":{},\"status\":\"" + status + "\"}";
    }
}
