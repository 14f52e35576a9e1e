package dev.sluice.standalone.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.access.User;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.audit.AuditCommand;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.start.FolderBacking;
import dev.sluice.standalone.start.StandaloneUnderTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RebuildCommandIT {

    private static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path data;

    @Test
    void rebuildsThatOfAStoppedSluice() throws Exception {
        String before;
        try (StandaloneUnderTest standalone = StandaloneUnderTest.start(data)) {
            String body = "{\"analysis_ref\": \"kept\", \"analysis_type\": \"fortify\"}";
            HttpResponse<String> created = standalone.post(SESSIONS, body);
            assertThat(standalone.get(StandaloneUnderTest.location(created)).statusCode())
                    .isEqualTo(200);
            before = standalone.get(SESSIONS).body();
        }

        int exitCode = rebuild("--data", data.toString());

        assertThat(err).hasToString("");
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("Filling generation 2; generation 1 is live meanwhile.", "Generation 2 is live.")
                .contains("Generation 1 is dropped.", "Rebuilt: 1 records");
        try (StandaloneUnderTest standalone = StandaloneUnderTest.start(data)) {
            assertThat(standalone.get(SESSIONS).body()).isEqualTo(before).contains("kept");
        }
    }

    @Test
    void rejectsWhatIsStoredOnlyIfTold() throws Exception {
        try (StandaloneUnderTest standalone = StandaloneUnderTest.start(data)) {
            storeAgainstTheRules(standalone);
        }

        assertThat(audit()).isEqualTo(3);
        assertThat(out.toString()).contains("WRONG  ", "stored against the rules 1");
        assertThat(rebuild("--data", data.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("1 in all, first submission ", " of project 1 (")
                .hasLineCount(1);
        assertThat(rebuild("--data", data.toString(), "--accept-rejections")).isZero();

        assertThat(out.toString()).contains("Going on with generation 2", "Generation 2 is live.");
        assertThat(audit()).isZero();
        assertThat(out.toString()).endsWith("No discrepancies found." + System.lineSeparator());
    }

    /** Makes a session of a submission that was rejected, as a version would have done whose rules are wider. */
    private void storeAgainstTheRules(StandaloneUnderTest standalone) throws Exception {
        try (FolderBacking open = FolderBacking.open(data, "test");
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", open.openKafka()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                MongoClient client = MongoClients.create(open.openStore())) {
            byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
            Headers headers = SubmissionHeaders.ofSession("e", "test", new User(1, "", "", ""), null, null);
            producer.send(new ProducerRecord<>(
                            TopicNames.DEFAULT.submissions(), null, null, ProjectKey.of(1), empty, headers))
                    .get();
            await().until(() -> standalone
                    .get("/api/v2/projects/1/submissions/?state=rejected")
                    .body()
                    .contains("\"state\":\"rejected\""));
            client.getDatabase("sluice")
                    .getCollection("submissions")
                    .updateOne(new Document("kind", "rejected"), new Document("$set", new Document("kind", "session")));
        }
    }

    private int rebuild(String... arguments) {
        return execute(new RebuildCommand(), arguments);
    }

    private int audit() {
        return execute(new AuditCommand(), "--data", data.toString());
    }

    private int execute(Object command, String... arguments) {
        return new CommandLine(command)
                .setExecutionExceptionHandler(new FailureLine())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
