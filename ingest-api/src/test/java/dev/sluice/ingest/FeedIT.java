package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeedIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(FeedIT.class);

    @Test
    void saysWhereEveryLineIsInTheLog() throws Exception {
        HttpResponse<String> answer = feed("", new NamedSessions("where").lines(300));

        JsonNode summary = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(summary.get("accepted").asLong()).isEqualTo(300);
        assertThat(summary.get("durable_through").asLong()).isEqualTo(300);
        JsonNode first = summary.get("id_ranges").get(0);
        JsonNode last = summary.get("id_ranges").get(summary.get("id_ranges").size() - 1);
        assertThat(under.log().at(first.get("first").asLong()).value())
                .isEqualTo(session("where", 1).getBytes(UTF_8));
        assertThat(under.log().at(last.get("last").asLong()).value())
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
        assertThat(new NamedSessions("mixed").in(under.log()))
                .containsExactly(session("mixed", 1), session("mixed", 6));
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
        assertThat(under.log().at(lines.get(0).get("id").asLong()).value())
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
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), under.server().port());
                OutputStream out = socket.getOutputStream();
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            socket.setSoTimeout(30_000);
            String feed = session("asked", 1) + "\n{}\n" + session("asked", 3) + "\n";
            out.write(under.feedHead("?results=all", "Content-Length: " + feed.length())
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
        under.post(session("single", 1), "Idempotency-Key", " nightly 7");

        assertThat(under.log().ofKey(" nightly 7"))
                .singleElement()
                .satisfies(record ->
                        assertThat(record.value()).isEqualTo(session("keyed", 1).getBytes(UTF_8)));
        assertThat(under.log().ofKey(" nightly 8")).hasSize(1);
    }

    @Test
    void skipsALineThatIsTooLongWithoutHoldingIt() throws Exception {
        String tooLong = "x".repeat(9 * 1024 * 1024);

        HttpResponse<String> answer = feed("", session("long", 1) + "\n" + tooLong + "\n" + session("long", 3));

        JsonNode summary = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(summary.get("errors").get(0).toString())
                .contains("\"line\":2", "The line has 9437184 bytes: expected at most 8388608.");
        assertThat(new NamedSessions("long").in(under.log())).hasSize(2);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        HttpResponse<String> fromNowhere = feed("?from_line=0", "");
        assertThat(fromNowhere.statusCode()).isEqualTo(400);
        assertThat(fromNowhere.body()).isEqualTo("{\"from_line\":[\"Expected a line's number, 1 to 1000000000000.\"]}");
        HttpResponse<String> some = feed("?results=some", "");
        assertThat(some.statusCode()).isEqualTo(400);
        assertThat(some.body()).isEqualTo("{\"results\":[\"Expected \\\"all\\\" or \\\"summary\\\".\"]}");
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
        return under.feed(query, body.getBytes(UTF_8), headers);
    }

    private static List<Integer> counts(JsonNode summary) {
        return List.of("lines", "accepted", "rejected", "blank", "durable_through").stream()
                .map(name -> summary.get(name).asInt())
                .toList();
    }

    private static String session(String name, int number) {
        return new NamedSessions(name).session(number);
    }
}
