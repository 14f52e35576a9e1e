package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.TestKafka;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Object> kafka = TestKafka.properties();
    private final TopicNames topics = TestKafka.freshTopics(FeedIT.class);
    private final TopicRecords log = new TopicRecords(kafka, topics);
    private TokenText writer;
    private RunningIngest ingest;

    @BeforeAll
    void start() throws Exception {
        RunningIngest.createTopics(kafka, topics);
        writer = RunningIngest.createToken(kafka, topics, Role.WRITER);
        ingest = new RunningIngest(IngestConfig.of(kafka, topics)).awaitReady();
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void saysWhereEveryLineIsInTheLog() throws Exception {
        HttpResponse<String> answer = feed("", sessions("where", 300));

        JsonNode summary = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(summary.get("accepted").asLong()).isEqualTo(300);
        assertThat(summary.get("durable_through").asLong()).isEqualTo(300);
        JsonNode first = summary.get("id_ranges").get(0);
        JsonNode last = summary.get("id_ranges").get(summary.get("id_ranges").size() - 1);
        assertThat(log.at(first.get("first").asLong()).value())
                .isEqualTo(session("where", 1).getBytes(UTF_8));
        assertThat(log.at(last.get("last").asLong()).value())
                .isEqualTo(session("where", 300).getBytes(UTF_8));
    }

    @Test
    void takesTheGoodLinesAndReportsTheBadOnes() throws Exception {
        String feed = session("mixed", 1) + "\r\n\n  \t\r\nnonsense\n{\"analysis_ref\":\"\"}\n" + session("mixed", 6);

        HttpResponse<String> answer = feed("", feed);

        assertThat(answer.statusCode()).isEqualTo(207);
        JsonNode summary = JSON.readTree(answer.body());
        assertThat(counts(summary)).containsExactly(6, 2, 2, 2, 6);
        assertThat(summary.get("errors").get(0).get("line").asLong()).isEqualTo(4);
        assertThat(summary.get("errors").get(0).get("errors").get("detail").asString())
                .startsWith("JSON parse error");
        assertThat(summary.get("errors").get(1).toString())
                .isEqualTo(
                        "{\"line\":5,\"errors\":{\"analysis_ref\":[\"This field may not be blank.\"],\"analysis_type\":[\"This field is required.\"]}}");
        assertThat(values("mixed")).containsExactly(session("mixed", 1), session("mixed", 6));
    }

    @Test
    void countsBadLinesBeyondThoseThatItLists() throws Exception {
        HttpResponse<String> answer = feed("", "{}\n".repeat(1_500));

        JsonNode summary = JSON.readTree(answer.body());
        assertThat(summary.get("errors")).hasSize(1_000);
        assertThat(summary.get("more_errors").asLong()).isEqualTo(500);
        assertThat(summary.get("rejected").asLong()).isEqualTo(1_500);
    }

    @Test
    void tellsWhatBecameOfEachLineInOrder() throws Exception {
        String feed = session("told", 1) + "\n\n{}\n" + session("told", 4) + "\n";

        HttpResponse<String> answer = feed("?results=all&from_line=10", feed);

        List<JsonNode> lines = answer.body().lines().map(JSON::readTree).toList();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).get("line").asLong()).isEqualTo(10);
        assertThat(log.at(lines.get(0).get("id").asLong()).value())
                .isEqualTo(session("told", 1).getBytes(UTF_8));
        assertThat(lines.get(1).get("line").asLong()).isEqualTo(12);
        assertThat(lines.get(1).get("errors").propertyNames()).contains("analysis_ref");
        assertThat(lines.get(2).get("line").asLong()).isEqualTo(13);
        JsonNode summary = lines.get(3).get("summary");
        assertThat(summary.get("status").asInt()).isEqualTo(207);
        assertThat(counts(summary)).containsExactly(4, 2, 1, 1, 13);
    }

    @Test
    void tellsWhatBecameOfALineToAClientThatSendsTheNextOneOnlyThen() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port());
                OutputStream out = socket.getOutputStream();
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            socket.setSoTimeout(30_000);
            String feed = session("asked", 1) + "\n{}\n" + session("asked", 3) + "\n";
            out.write(("POST " + RunningIngest.SESSIONS + "?results=all HTTP/1.1\r\nHost: localhost\r\n"
                            + "Authorization: Token " + writer.reveal() + "\r\nContent-Type: application/x-ndjson\r\n"
                            + "Content-Length: " + feed.length() + "\r\nConnection: close\r\n\r\n")
                    .getBytes(UTF_8));
            for (int line = 1; line <= 3; line++) {
                String text = feed.lines().toList().get(line - 1) + "\n";
                out.write(text.getBytes(UTF_8));

                String told = "{\"line\":" + line + ",";
                assertThat(answer.lines().anyMatch(read -> read.startsWith(told)))
                        .isTrue();
            }
            assertThat(answer.lines().anyMatch(read -> read.startsWith("{\"summary\":")))
                    .isTrue();
        }
    }

    @Test
    void givesEachLineAKeyThatNoSingleSubmissionCanHave() throws Exception {
        feed("?from_line=7", session("keyed", 1) + "\n" + session("keyed", 2), "Idempotency-Key", "nightly");
        ingest.post(writer, session("single", 1), "Idempotency-Key", " nightly 7");

        assertThat(log.ofKey(" nightly 7"))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.value()).isEqualTo(session("keyed", 1).getBytes(UTF_8)));
        assertThat(log.ofKey(" nightly 8")).hasSize(1);
    }

    @Test
    void takesCompressedFeeds() throws Exception {
        byte[] plain = sessions("compressed", 100).getBytes(UTF_8);
        byte[] twoMembers = concat(gzip(plain), gzip(plain));

        JsonNode gzipped =
                JSON.readTree(feed("", twoMembers, "Content-Encoding", "gzip").body());
        JsonNode zstd = JSON.readTree(
                feed("", Zstd.compress(plain), "Content-Encoding", "zstd").body());

        assertThat(gzipped.get("accepted").asLong()).isEqualTo(200);
        assertThat(zstd.get("accepted").asLong()).isEqualTo(100);
        assertThat(values("compressed")).hasSize(300);
    }

    @Test
    void saysHowFarACompressedFeedCouldBeRead() throws Exception {
        byte[] plain = sessions("truncated", 5_000).getBytes(UTF_8);
        byte[] zstd = Zstd.compress(plain);
        byte[] gzip = gzip(plain);

        for (HttpResponse<String> answer : List.of(
                feed("", Arrays.copyOf(gzip, gzip.length / 2), "Content-Encoding", "gzip"),
                feed("", Arrays.copyOf(zstd, zstd.length - 10), "Content-Encoding", "zstd"),
                feed("", concat(gzip, new byte[] {1, 2, 3, 4}), "Content-Encoding", "gzip"),
                feed("", plain, "Content-Encoding", "zstd"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            JsonNode summary = JSON.readTree(answer.body());
            assertThat(summary.get("detail").asString())
                    .startsWith("The feed cannot be read on")
                    .doesNotContain("stored wrong");
            assertThat(summary.get("accepted").asLong())
                    .isEqualTo(summary.get("durable_through").asLong());
        }
    }

    @Test
    void saysThatLinesOfDamagedDataMayHaveBeenStoredWrong() throws Exception {
        byte[] plain = sessions("damaged", 5_000).getBytes(UTF_8);
        byte[] gzip = gzip(plain);
        gzip[gzip.length - 6] ^= 1;
        byte[] zstd;
        try (ZstdCompressCtx context = new ZstdCompressCtx().setChecksum(true)) {
            zstd = context.compress(plain);
        }
        zstd[zstd.length - 1] ^= 1;

        for (HttpResponse<String> answer :
                List.of(feed("", gzip, "Content-Encoding", "gzip"), feed("", zstd, "Content-Encoding", "zstd"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            JsonNode summary = JSON.readTree(answer.body());
            assertThat(summary.get("accepted").asLong()).isPositive();
            assertThat(summary.get("detail").asString())
                    .startsWith("The feed cannot be read on: ")
                    .contains("stored wrong, under ids in id_ranges", "another Idempotency-Key");
        }
    }

    @Test
    void stopsWhatExpandsBeyondAllMeasure() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write((session("bomb", 1) + "\n").getBytes(UTF_8));
            byte[] nothing = new byte[1024 * 1024];
            for (int i = 0; i < 200; i++) {
                gzip.write(nothing);
            }
        }

        HttpResponse<String> answer = feed("", bomb.toByteArray(), "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(answer.body()).get("durable_through").asLong()).isEqualTo(1);
    }

    @Test
    void skipsALineThatIsTooLongWithoutHoldingIt() throws Exception {
        String tooLong = "x".repeat(9 * 1024 * 1024);

        HttpResponse<String> answer = feed("", session("long", 1) + "\n" + tooLong + "\n" + session("long", 3));

        JsonNode summary = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(summary.get("errors").get(0).toString())
                .contains("\"line\":2", "The line has 9437184 bytes: expected at most 8388608.");
        assertThat(values("long")).hasSize(2);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        assertThat(feed("?from_line=0", "").statusCode()).isEqualTo(400);
        assertThat(feed("?results=some", "").statusCode()).isEqualTo(400);
        assertThat(feed("", "", "Idempotency-Key", "k".repeat(201)).statusCode())
                .isEqualTo(400);
        HttpResponse<String> encoded = feed("", "", "Content-Encoding", "br");
        assertThat(encoded.statusCode()).isEqualTo(415);
        assertThat(encoded.headers().firstValue("Accept-Encoding")).contains("gzip, zstd");
    }

    @Test
    void takesAnEmptyFeed() throws Exception {
        HttpResponse<String> answer = feed("", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(counts(JSON.readTree(answer.body()))).containsExactly(0, 0, 0, 0, 0);
    }

    private HttpResponse<String> feed(String query, String body, String... headers) throws Exception {
        return feed(query, body.getBytes(UTF_8), headers);
    }

    private HttpResponse<String> feed(String query, byte[] body, String... headers) throws Exception {
        return ingest.feed(writer, query, BodyPublishers.ofByteArray(body), headers);
    }

    /** The records of a test, found by the name of its sessions. */
    private List<String> values(String name) {
        return log.all().stream()
                .filter(record -> TopicRecords.headers(record).containsKey(SubmissionHeaders.CE_ID))
                .map(FeedIT::text)
                .filter(text -> text.contains("\"" + name + "-"))
                .toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    private static List<Integer> counts(JsonNode summary) {
        return List.of("lines", "accepted", "rejected", "blank", "durable_through").stream()
                .map(name -> summary.get(name).asInt())
                .toList();
    }

    private static String sessions(String name, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> session(name, i) + "\n")
                .collect(Collectors.joining());
    }

    private static String session(String name, int number) {
        return "{\"analysis_ref\":\"" + name + "-" + number + "\",\"analysis_type\":\"veracode\"}";
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
