package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import dev.sluice.test.openapi.OpenApiContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests one after the other on a connection, and what is none. */
class ConnectionTest {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();
    private static final RunningServer SERVER = new RunningServer(HttpConfig.defaults());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void answersSeveralRequestsOnOneConnection() throws IOException {
        String post = head("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n") + "{}";
        String refused = head("POST", SESSIONS, asReader() + "Content-Length: 2\r\n") + "{}";
        try (RawClient client = SERVER.client()) {
            client.send(post + refused + post);

            assertThat(client.receive().status()).isEqualTo(201);
            assertThat(client.receive().status()).isEqualTo(403);
            assertThat(client.receive().status()).isEqualTo(201);
        }
    }

    @Test
    void closesTheConnectionWhenAskedTo() throws IOException {
        try (RawClient client = SERVER.client()) {
            client.send(head("GET", SESSIONS, asReader() + "Connection: close\r\n"));

            assertThat(client.receive().status()).isEqualTo(200);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void answersMalformedRequestsInJson() throws IOException {
        try (RawClient client = SERVER.client()) {
            Response response = refusal(client.send("GET /api/ HTTP/1.1\r\nBad Header\r\n\r\n"));

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("{\"detail\":\"The request is not well-formed HTTP/1.1.\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a", "POST / HTTP/1.1\r\nHost: a\r\n\r"})
    void refusesHeadersThatAreCutOff(String cut) throws IOException {
        try (RawClient client = SERVER.client()) {
            Response response = refusal(client.send(cut).sendNoMore());

            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("{\"detail\":\"The request is not well-formed HTTP/1.1.\"}");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"9000,414", "100,431"})
    void refusesOverlongHeads(int pathLength, int status) throws IOException {
        String path = "/" + "a".repeat(pathLength);
        String header = "X-Long: " + "b".repeat(20_000) + "\r\n";
        try (RawClient client = SERVER.client()) {
            Response response = refusal(
                    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + (status == 431 ? header : "") + "\r\n"));

            assertThat(response.status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/ HTTP/1.1\r\nTransfer-Encoding: gzip", "/{a} HTTP/1.1"})
    void refusesWhatItCannotRead(String target) throws IOException {
        try (RawClient client = SERVER.client()) {
            refusal(client.send("GET " + target + "\r\nHost: a\r\n\r\n"));
        }
    }

    private static Response refusal(RawClient client) throws IOException {
        Response response = client.receive();
        CONTRACT.assertRefusedByTransport(response.status(), response.headers(), response.body());
        return response;
    }
}
