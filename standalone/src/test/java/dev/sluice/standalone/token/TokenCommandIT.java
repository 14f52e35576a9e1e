package dev.sluice.standalone.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.TokenUseJson;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.start.DataFolder;
import dev.sluice.test.TestKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

class TokenCommandIT {

    private final TopicNames topics = TestKafka.freshTopics(TokenCommandIT.class);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void makeTheTopic() throws Exception {
        TopicSettings settings = TopicSettings.accessTokens(topics);
        NewTopic topic =
                new NewTopic(settings.name(), settings.partitions(), (short) 1).configs(settings.configuration());
        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.createTopics(List.of(topic)).all().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void printsOnlyTheTokenAndPublishesOnlyItsHash() {
        int exitCode = run(
                "create", "--name", "Bob Smith", "--email", "bob@example.com", "--projects", "1,2", "--role", "writer");

        TokenText text = TokenText.parse(out.toString().strip()).orElseThrow();
        assertThat(exitCode).isZero();
        assertThat(published()).singleElement().satisfies(token -> {
            assertThat(token.id()).isEqualTo(text.id());
            assertThat(token.secretHash()).isEqualTo(SecretHash.ofSecret(text.secret()));
            assertThat(token.user().firstName()).isEqualTo("Bob");
            assertThat(token.user().lastName()).isEqualTo("Smith");
            assertThat(token.projects()).isEqualTo(new Projects.Named(Set.of(1L, 2L)));
        });
        assertThat(err.toString()).doesNotContain(text.secret());
    }

    @Test
    void refusesANameOrAddressThatCouldControlATerminal() {
        assertThat(run("create", "--name", "Bob\u001b[2J", "--projects", "1", "--role", "reader"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--name is \"Bob?[2J\": expected printable characters only");
        assertThat(run("create", "--name", "Bob", "--email", "b@x\n", "--projects", "1", "--role", "reader"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--email is \"b@x?\": expected");
        assertThat(run("create", "--name", "Bo\uFFFD", "--projects", "1", "--role", "reader"))
                .isEqualTo(2);
        assertThat(published()).isEmpty();
    }

    @Test
    void givesTheSamePersonTheSameIdAndNobodyOneThatSomebodyHadBefore() {
        create("a@example.com");
        create("b@example.com");
        create("A@example.com");
        List<AccessToken> three = published();
        assertThat(run("revoke", three.get(1).id())).isZero();

        create("c@example.com");

        long first = three.getFirst().user().id();
        long revoked = three.get(1).user().id();
        long last = published().getLast().user().id();
        assertThat(three).extracting(token -> token.user().id()).containsExactly(first, revoked, first);
        // Safe as a JavaScript number.
        assertThat(List.of(first, revoked, last)).doesNotHaveDuplicates().allMatch(id -> id < 1L << 53);
    }

    @Test
    void listsTokensUntilTheyAreRevoked() {
        create("a@example.com");
        create("b@example.com");
        String revoked = published().getFirst().id();

        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains(revoked, "a@example.com", "b@example.com", "never");
        assertThat(run("revoke", revoked)).isZero();
        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("b@example.com").doesNotContain("a@example.com");
    }

    @Test
    void listsNoTokenThatTheServicesDoNotKnow() throws Exception {
        create("a@example.com");
        AccessToken known = published().getFirst();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(TestKafka.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] key = "not-an-id".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topics.accessTokens(), key, AccessTokenJson.write(known)))
                    .get(20, TimeUnit.SECONDS);
        }

        assertThat(published()).containsExactly(known);
    }

    @Test
    void takesATokenBackThoughTheTopicWasGivenMorePartitions() throws Exception {
        create("a@example.com");
        create("b@example.com");
        create("c@example.com");
        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.createPartitions(Map.of(topics.accessTokens(), NewPartitions.increaseTo(16)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }

        published().forEach(token -> assertThat(run("revoke", token.id())).isZero());

        assertThat(published()).isEmpty();
    }

    @Test
    void listsWhenATokenWasUsedLast() throws Exception {
        create("a@example.com");
        String id = published().getFirst().id();
        TopicSettings settings = TopicSettings.tokenUses(topics);
        try (Admin admin = Admin.create(TestKafka.properties());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        TestKafka.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(settings.name(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            // Two services that reported at about the same time.
            for (String used : List.of("2026-11-25T10:00:30Z", "2026-11-25T10:00:10Z")) {
                byte[] key = id.getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(settings.name(), key, TokenUseJson.write(Instant.parse(used))))
                        .get(20, TimeUnit.SECONDS);
            }
        }

        assertThat(run("list")).isZero();

        assertThat(out.toString()).contains("LAST USED", "2026-11-25T10:00:30Z");
    }

    @Test
    void revokesATokenThatItIsGivenAndRepeatsNoSecret() {
        create("a@example.com");
        String text = out.toString().strip();

        String secret = TokenText.parse(text).orElseThrow().secret();

        assertThat(run("revoke", text.substring(1))).isEqualTo(2);
        assertThat(err.toString()).contains("expected a token's id").doesNotContain(secret);
        assertThat(run("revoke", text)).isZero();
        assertThat(out + err.toString()).contains("is revoked").doesNotContain(secret);
        assertThat(published()).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchToken() {
        assertThat(run("revoke", "0123456789abcdef")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("sluice: there is no token 0123456789abcdef")
                .hasLineCount(1);
    }

    @Test
    void saysThatTheTopicIsMissing() {
        int exitCode =
                execute("list", "--kafka", TestKafka.bootstrapServers(), "--topic-prefix", topics.prefix() + "x");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("has no topic").hasLineCount(1);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    @Timeout(20)
    void saysThatNoKafkaAnswers() {
        assertThat(execute("list", "--kafka", "127.0.0.1:1")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("sluice: no Kafka answers at 127.0.0.1:1 within 10 s" + System.lineSeparator());
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    @Timeout(30)
    void saysThatKafkaAnswersButDeliversNothing(@TempDir Path folder) throws Exception {
        create("a@example.com");
        // Kafka waits for more than there is.
        Path patient = Files.writeString(
                folder.resolve("kafka.properties"), "fetch.min.bytes=50000000\nfetch.max.wait.ms=60000\n");

        int exitCode = run("list", "--kafka-properties", patient.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("sluice: Kafka at " + TestKafka.bootstrapServers() + " answers, but nothing of "
                        + topics.accessTokens() + " came within 10 s" + System.lineSeparator());
    }

    @Test
    void findsKafkaByTheDataFolderOfARunningSluice(@TempDir Path data) throws Exception {
        assertThat(execute("list", "--data", data.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no Sluice runs in " + data);

        try (DataFolder _ = DataFolder.open(data)) {
            Files.writeString(data.resolve("kafka.address"), TestKafka.bootstrapServers() + "\n");
            assertThat(execute("list", "--data", data.toString(), "--topic-prefix", topics.prefix()))
                    .isZero();
        }
    }

    private void create(String email) {
        assertThat(run("create", "--name", "A", "--email", email, "--projects", "all", "--role", "reader"))
                .isZero();
        assertThat(err.toString()).contains("reader of all projects, never expires.");
    }

    private List<AccessToken> published() {
        return new KafkaTokens(TestKafka.properties(), topics).read();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kafka", TestKafka.bootstrapServers(), "--topic-prefix", topics.prefix()));
        return execute(all.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new TokenCommand())
                .setExecutionExceptionHandler(new FailureLine())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
