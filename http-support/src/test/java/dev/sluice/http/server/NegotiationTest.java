package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asWriter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.RawClient.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client must take and send. */
class NegotiationTest {

    private static final RunningServer SERVER = new RunningServer(HttpConfig.defaults());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|200",
                "application/*;q=0.5|200",
                "text/html, application/json;q=0.1|200",
                "application/json;indent=4|200",
                "text/html|406",
                "application/json;q=0|406",
                "application/json;q=0.000, text/plain|406",
                "application/json;q=0, */*|406",
                "*/*;q=0, application/json|200",
                "application/*;q=0, */*;q=0.5|406"
            })
    void answersOnlyThoseWhoTakeJson(String accept, int status) throws IOException {
        assertThat(SERVER.call("GET", SESSIONS, asReader() + "Accept: " + accept + "\r\n", "")
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-ndjson, true",
        "application/json, true",
        "text/html, false",
        "application/json;q=0, false",
        "application/*;q=0, false"
    })
    void answersAStreamToThoseWhoTakeJsonInEitherForm(String accept, boolean takes) {
        assertThat(MediaTypes.acceptsJsonOrNdjson(List.of(accept))).isEqualTo(takes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|application/json|201",
                "application/json|text/plain|400",
                "application/json|application/x-ndjson|400",
                "application/x-ndjson|application/json|400"
            })
    void refusesTwoContentTypesThatDiffer(String first, String second, int status) throws IOException {
        String types = "Content-Type: " + first + "\r\nContent-Type: " + second + "\r\n";
        Response response = SERVER.call("POST", SESSIONS, asWriter() + "Content-Length: 2\r\n" + types, "{}");

        assertThat(response.status()).isEqualTo(status);
        if (status == 400) {
            assertThat(response.body()).isEqualTo("{\"detail\":\"The header Content-Type is given more than once.\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|201",
                "Application/JSON; charset=UTF-8|201",
                "application/json;profile=x|201",
                "application/json;charset=utf-16|415",
                "text/plain|415",
                "application/x-www-form-urlencoded|415"
            })
    void takesOnlyJsonInUtf8(String contentType, int status) throws IOException {
        Response response = SERVER.call(
                "POST", SESSIONS, asWriter() + "Content-Length: 2\r\nContent-Type: " + contentType + "\r\n", "{}");

        assertThat(response.status()).isEqualTo(status);
        if (status == 415) {
            assertThat(response.body())
                    .isEqualTo("{\"detail\":\"Unsupported media type \\\"" + contentType + "\\\" in request.\"}");
        }
    }

    @Test
    void answers415ToAnEncodedBody() throws IOException {
        Response response =
                SERVER.call("POST", SESSIONS, asWriter() + "Content-Length: 2\r\nContent-Encoding: gzip\r\n", "{}");

        assertThat(response.status()).isEqualTo(415);
    }
}
