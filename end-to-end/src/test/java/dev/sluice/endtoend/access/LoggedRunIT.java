package dev.sluice.endtoend.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.test.TestKafka;
import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What both services log and expose to monitoring in a run that does everything that can be done with tokens. */
class LoggedRunIT {

    private static final long PROJECT = 4000;
    private static final String PROJECT_PATH = "/api/v2/projects/" + PROJECT + "/";
    private static final String SESSIONS = PROJECT_PATH + "analysis-sessions/";
    private static final String SESSION = "{\"analysis_ref\": \"%s\", \"analysis_type\": \"fortify\"}";

    private final Edges edges = Edges.shared();

    @Test
    void neverHasATokensSecretInIt() throws Exception {
        TokenText good = edges.token(Role.ADMINISTRATOR, PROJECT);
        TokenText unknown = edges.newText();
        awaitKnown(good);
        for (TokenText token : List.of(good, unknown)) {
            useEverywhere(token);
        }
        edges.tokens().revoke(good.id());
        useEverywhere(good);

        List<String> said = new ArrayList<>();
        for (ServiceProcess edge : edges.both()) {
            said.addAll(Edges.log(edge));
            said.add(edge.get("/observe/metrics").body());
            said.add(edge.get("/observe/health/ready").body());
        }
        assertThat(said).hasSizeGreaterThan(10);
        for (TokenText token : edges.issued()) {
            assertThat(said).noneMatch(line -> line.contains(token.secret()));
        }
    }

    @Test
    void isJsonLineByLineAndLeadsFromARequestToWhatBecameOfIt() {
        TokenText token = edges.token(Role.ADMINISTRATOR, PROJECT);
        awaitKnown(token);
        long session = edges.posted(SESSIONS, token.reveal(), SESSION.formatted("x"), "X-Request-Id", "scan-1");
        long again = edges.posted(
                PROJECT_PATH + "submissions/" + session + "/resubmit/", token.reveal(), "", "X-Request-Id", "again-1");

        awaitLine(edges.processor(), "Submission " + session + " of project " + PROJECT + " is stored; request scan-1");
        awaitLine(
                edges.processor(), "Submission " + again + " of project " + PROJECT + " is duplicate; request again-1");
        awaitLine(
                edges.ingest(),
                "resubmit of submission " + session + " of project " + PROJECT + " by user 599 with token "
                        + token.id() + " in request again-1: answered 202, "
                        + edges.ingest().address()
                        + PROJECT_PATH + "submissions/" + again + "/");
        edges.tokens().revoke(token.id());
        String who = " by " + System.getProperty("user.name") + ": ";
        for (ServiceProcess edge : edges.both()) {
            awaitLine(
                    edge,
                    "token-made of token " + token.id() + who + "administrator of projects " + PROJECT
                            + " for user 599, never expires");
            awaitLine(edge, "token-revoked of token " + token.id() + who + "opens nothing any more");
            assertThat(Edges.log(edge))
                    .allSatisfy(line -> assertThat(message(line)).isNotEmpty());
        }
    }

    @Test
    void namesNoRequestByWhatCouldForgeALine() throws Exception {
        String forged = "r-1\nSubmission 1 of project 1 is stored";
        byte[] key = ProjectKey.of(PROJECT);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(TestKafka.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            var record = new ProducerRecord<>(Edges.TOPICS.submissions(), key, "{}".getBytes(UTF_8));
            record.headers().add("ce_type", "analysis-session.create".getBytes(UTF_8));
            record.headers().add("request-id", forged.getBytes(UTF_8));
            producer.send(record).get();
        }

        awaitLine(edges.processor(), "Submission \\d+ of project " + PROJECT + " is rejected; request none");
    }

    private void useEverywhere(TokenText token) throws IOException {
        String text = token.reveal();
        edges.get(SESSIONS, text);
        edges.get(SESSIONS + "?read_after=" + text, text);
        edges.get(SESSIONS + text + "/", text);
        edges.get("/" + text, text);
        edges.post(SESSIONS, text, SESSION.formatted(text), "Idempotency-Key", text, "X-Request-Id", text);
        edges.post(SESSIONS, text, "{\"analysis_ref\": " + text, "traceparent", text);
        edges.post(SESSIONS, text, "{\"analysis_type\": \"" + text + "\", \"" + text + "\": 1}", "Accept", text);
        edges.post(SESSIONS + "?results=" + text, text, text, "Content-Type", "application/x-ndjson");
        for (ServiceProcess edge : edges.both()) {
            edges.send(edge, "GET", SESSIONS, null, "Authorization", "Bearer " + text);
            edges.send(edge, "GET", SESSIONS, null, "Authorization", "Token " + text + "x");
            edges.send(edge, "GET", SESSIONS, null, "Authorization", "Token " + text, "Authorization", text);
            raw(edge, "GET " + SESSIONS + " HTTP/1.1\r\nHost: x\r\nAuthorization Token " + text + "\r\n\r\n");
            raw(edge, "GET " + SESSIONS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Token " + text + "\u0001\r\n\r\n");
            raw(edge, "GET /" + text + "\u0001 HTTP/1.1\r\nHost: x\r\n\r\n");
            raw(edge, "Token " + text + " " + text + "\r\n\r\n");
            raw(edge, "GET / HTTP/1.1\r\nHost: " + text + " " + text + "\r\nTransfer-Encoding: " + text + "\r\n\r\n");
            raw(edge, text + "\r\n" + text + ":" + text + "\r\n\r\n");
            raw(
                    edge,
                    "GET /?" + URLEncoder.encode("Token " + text, UTF_8) + "%zz HTTP/1.1\r\nHost: x\r\n" + text
                            + "\r\n\r\n");
            raw(
                    edge,
                    "POST " + SESSIONS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Token " + text
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n" + text + "\r\n\r\n");
        }
    }

    /** Sends what no regular client would, closes its side of the connection, and waits for any response. */
    private static void raw(ServiceProcess edge, String request) throws IOException {
        try (Socket socket = new Socket(edge.address().getHost(), edge.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            // The server reset the connection, which is a response too.
        }
    }

    private void awaitKnown(TokenText token) {
        for (ServiceProcess edge : edges.both()) {
            await().until(() -> edges.send(edge, "GET", "/api/", null, "Authorization", "Token " + token.reveal())
                            .statusCode()
                    == 404);
        }
    }

    private static void awaitLine(ServiceProcess edge, String expected) {
        await().untilAsserted(() -> assertThat(Edges.log(edge))
                .anyMatch(
                        line -> message(line).equals(expected) || message(line).matches(expected)));
    }

    private static String message(String line) {
        JsonNode json = Edges.json(line);
        return json.path("formattedMessage").stringValue();
    }
}
