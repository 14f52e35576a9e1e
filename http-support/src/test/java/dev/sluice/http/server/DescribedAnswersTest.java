package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asAdministratorOfAll;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asReaderOfAll;
import static dev.sluice.http.server.RunningServer.asWriter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.server.RawClient.Response;
import dev.sluice.test.openapi.OpenApiContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The responses that the server sends without a handler match their description. */
class DescribedAnswersTest {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();
    private static final RunningServer SERVER = new RunningServer(HttpConfigs.with("SLUICE_MAX_BODY", "100"));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, 404, /api/v2/users/",
        "GET, 301, /api/v2/projects/7/tasks",
        "HEAD, 301, /api/v2/projects/7/tasks",
        "GET, 404, /api/v2/projects/x/tasks/",
        "GET, 404, /api/v2/projects/7/tasks/8-T6/",
        "GET, 403, /api/v2/projects/8/tasks/T6/",
        "HEAD, 403, /api/v2/projects/8/tasks/T6/",
        "OPTIONS, 200, /api/v2/projects/7/tasks/",
        "OPTIONS, 403, /api/v2/projects/8/tasks/",
        "PUT, 405, /api/v2/projects/7/tasks/",
        "POST, 405, /api/v2/projects/7/tasks/"
    })
    void isAsDescribed(String method, int status, String path) throws IOException {
        check(method, path, asReader(), "", status);
    }

    @Test
    void whatIsNoProjectsIsForTokensThatOpenAllOfThem() throws IOException {
        String processing = "/api/v2/processing/";
        String resume = "/api/v2/processing/resume/";
        check("GET", processing, asAdministrator(), "", 403);
        check("OPTIONS", processing, asAdministrator(), "", 403);
        check("POST", resume, asAdministrator(), "", 403);
        check("GET", processing, asReaderOfAll(), "", 200);
        check("GET", "/api/v2/processing", asReaderOfAll(), "", 301);
        check("OPTIONS", resume, asReaderOfAll(), "", 200);
        check("POST", resume, asReaderOfAll(), "", 403);
        check("GET", resume, asReaderOfAll(), "", 405);
        check("POST", resume, asAdministratorOfAll(), "", 200);
        check("POST", "/api/v2/processing/resume", asAdministratorOfAll(), "", 200);
        check("POST", resume, "", "", 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "POST"})
    void withoutATokenIsAsDescribed(String method) throws IOException {
        check(method, SESSIONS, "", "", 401);
        check(method, "/api/v2/projects/7/analysis-sessions", "Authorization: Token x\r\n", "", 401);
        check(method, "/api/v2/users/", "", "", 401);
    }

    @Test
    void refusingABodyIsAsDescribed() throws IOException {
        check("GET", SESSIONS, asReader() + "Accept: text/html\r\n", "", 406);
        check("POST", SESSIONS, asReader() + "Content-Length: 2\r\n", "{}", 403);
        check("POST", SESSIONS, asWriter() + "Content-Length: 2\r\nContent-Type: text/plain\r\n", "{}", 415);
        check("POST", SESSIONS, asWriter() + "Content-Length: 101\r\n", " ".repeat(101), 413);
    }

    @Test
    void notYetIsAsDescribed() throws IOException {
        SERVER.tokensLoaded.set(false);
        try {
            check("GET", SESSIONS, asReader(), "", 503);
        } finally {
            SERVER.tokensLoaded.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/ HTTP/1.1\r\nBad Header\r\n\r\n",
                "GET /api/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "GET /{a} HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void refusingWhatIsNotHttpIsAsDescribed(String text) throws IOException {
        checkRefused(text);
    }

    @Test
    void refusingWhatIsTooLongIsAsDescribed() throws IOException {
        checkRefused("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        checkRefused("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "b".repeat(20_000) + "\r\n\r\n");
    }

    private static void check(String method, String path, String headers, String body, int status) throws IOException {
        Response response = SERVER.call(method, path, headers, body);

        assertThat(response.status()).isEqualTo(status);
        CONTRACT.assertConforms(method, path, status, multiple(response), response.body());
    }

    private static void checkRefused(String text) throws IOException {
        try (RawClient client = SERVER.client()) {
            Response response = client.send(text).receive();

            CONTRACT.assertRefusedByTransport(response.status(), multiple(response), response.body());
        }
    }

    private static Map<String, List<String>> multiple(Response response) {
        return response.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
    }
}
