package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asAdministratorOfAll;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asReaderOfAll;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.RawClient.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerTest {

    private static final RunningServer SERVER = new RunningServer(HttpConfig.defaults());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void answersAHandlersAnswerWithTheCommonHeaders() throws IOException {
        Response response =
                SERVER.call("POST", SESSIONS, asWriter() + "Content-Length: 2\r\nX-Request-Id: abc-1\r\n", "{}");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"length\":2}");
        assertThat(response.header("content-type")).isEqualTo("application/json");
        assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(response.header("x-request-id")).isEqualTo("abc-1");
        assertThat(response.header("cache-control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.test:81", "HTTPS://elsewhere.test:81"})
    void takesATargetInAbsoluteForm(String host) throws IOException {
        String list = SESSIONS.substring(0, SESSIONS.length() - 1);

        assertThat(SERVER.call("GET", host + SESSIONS, asReader(), "").body())
                .isEqualTo("{\"base\":\"http://elsewhere.test:81\"}");
        assertThat(SERVER.call("GET", host + list + "?page=2", asReader(), "").header("location"))
                .isEqualTo("http://elsewhere.test:81" + SESSIONS + "?page=2");
        assertThat(SERVER.call("GET", host + "/observe/health/live", "", "").status())
                .isEqualTo(200);
    }

    @Test
    void namesItselfByItsAddressIfTheHostIsNone() throws IOException {
        assertThat(SERVER.call("GET", "http://user@elsewhere.test" + SESSIONS, asReader(), "")
                        .body())
                .isEqualTo("{\"base\":\"http://127.0.0.1:" + SERVER.server.port() + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.test", "http:" + SESSIONS, "ftp://elsewhere.test" + SESSIONS, "*"})
    void findsNothingAtATargetThatIsNeitherPathNorUrl(String target) throws IOException {
        assertThat(SERVER.call("GET", target, asReader(), "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "POST"})
    void asksForCredentialsBeforeItSaysWhatThereIs(String method) throws IOException {
        String asked = "{\"detail\":\"Authentication credentials were not provided.\"}";
        for (String path : new String[] {SESSIONS, "/api/nothing/", "/api/v2/projects/x/analysis-sessions"}) {
            Response response = SERVER.call(method, path, "", "");

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("www-authenticate")).isEqualTo("Token");
            assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : asked);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Token abc", "Token", "token sluice_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesATokenThatOpensNothing(String authorization) throws IOException {
        Response response = SERVER.call("GET", SESSIONS, "Authorization: " + authorization + "\r\n", "");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"detail\":\"Invalid token.\"}");
    }

    @Test
    void answers503UntilTokensAreLoaded() throws IOException {
        SERVER.tokensLoaded.set(false);
        try {
            Response response = SERVER.call("GET", SESSIONS, asReader(), "");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.header("retry-after")).isEqualTo("1");
        } finally {
            SERVER.tokensLoaded.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/",
                "/api/v2/projects/7/",
                "/api/v2/projects/-7/analysis-sessions/",
                "/api/v2/projects/07/analysis-sessions/",
                "/api/v2/projects/0/analysis-sessions/",
                "/api/v2/projects/9223372036854775808/analysis-sessions/",
                "/api/v2/projects/seven/analysis-sessions/",
                "/api/v2/projects/%37/analysis-sessions/",
                "/api/v2/projects/7;a=b/analysis-sessions/",
                "/api/v2/projects/7/../7/analysis-sessions/",
                "/api/v2//projects/7/analysis-sessions/",
                "/nothing"
            })
    void answers404ToPathsOfNothing(String path) throws IOException {
        Response response = SERVER.call("GET", path, asReader(), "");

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"detail\":\"Not found.\"}");
    }

    @ParameterizedTest
    @CsvSource({"T6,200", "7-T6,200", "8-T6,404", "t6,404", "7-,404", "T6%20,404", "%546,404", "T6;a=b,404", ",404"})
    void takesATaskWithAndWithoutItsProject(@Nullable String task, int status) throws IOException {
        String segment = task == null ? "" : task;
        Response response = SERVER.call("GET", "/api/v2/projects/7/tasks/" + segment + "/", asReader(), "");

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(status == 200 ? "{\"task\":\"T6\"}" : "{\"detail\":\"Not found.\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void redirectsAReaderToThePathWithItsSlash(String method) throws IOException {
        Response response =
                SERVER.call(method, "/api/v2/projects/7/analysis-sessions?page_size=2&a=%20", asReader(), "");

        assertThat(response.status()).isEqualTo(301);
        assertThat(response.header("location")).isEqualTo("http://sluice.test" + SESSIONS + "?page_size=2&a=%20");
    }

    @Test
    void takesAPostWithoutTheSlash() throws IOException {
        Response response =
                SERVER.call("POST", "/api/v2/projects/7/analysis-sessions", asWriter() + "Content-Length: 2\r\n", "{}");

        assertThat(response.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "BREW"})
    void answers405WithWhatIsAllowed(String method) throws IOException {
        Response response = SERVER.call(method, SESSIONS, asWriter(), "");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).isEqualTo("GET, POST, HEAD, OPTIONS");
        assertThat(response.body()).isEqualTo("{\"detail\":\"Method \\\"" + method + "\\\" not allowed.\"}");
    }

    @Test
    void answers405ToAMethodThatAnotherServiceHandles() throws IOException {
        Response response = SERVER.callUndescribed("GET", SESSIONS + "5/", asReader(), "");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("allow")).isEqualTo("OPTIONS");
        assertThat(SERVER.call("OPTIONS", SESSIONS + "5/", asReader(), "").header("allow"))
                .isEqualTo("OPTIONS");
    }

    @Test
    void answersHeadLikeGetWithoutItsBody() throws IOException {
        Response get = SERVER.call("GET", SESSIONS, asReader(), "");
        Response head = SERVER.call("HEAD", SESSIONS, asReader(), "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
    }

    @Test
    void saysWhatIsAllowedToOptions() throws IOException {
        assertThat(SERVER.call("OPTIONS", SESSIONS, "", "").status()).isEqualTo(401);
        Response response = SERVER.call("OPTIONS", SESSIONS, asReader(), "");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("allow")).isEqualTo("GET, POST, HEAD, OPTIONS");
    }

    @Test
    void deniesWhatIsNotGranted() throws IOException {
        String otherProject = "/api/v2/projects/8/analysis-sessions/";

        for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
            assertThat(SERVER.call(method, otherProject, asWriter(), "").status())
                    .isEqualTo(403);
        }
        Response response = SERVER.call("POST", SESSIONS, asReader() + "Content-Length: 2\r\n", "{}");
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
    }

    @Test
    void leavesWhatIsNoProjectsToTokensThatOpenAllOfThem() throws IOException {
        String processing = "/api/v2/processing/";
        String resume = "/api/v2/processing/resume/";

        assertStatus(403, "GET", processing, asAdministrator());
        assertStatus(403, "OPTIONS", processing, asAdministrator());
        assertStatus(403, "POST", resume, asAdministrator());
        assertStatus(200, "GET", processing, asReaderOfAll());
        assertStatus(301, "GET", "/api/v2/processing", asReaderOfAll());
        assertStatus(200, "OPTIONS", resume, asReaderOfAll());
        assertStatus(403, "POST", resume, asReaderOfAll());
        assertStatus(405, "GET", resume, asReaderOfAll());
        assertStatus(200, "POST", resume, asAdministratorOfAll());
        assertStatus(200, "POST", "/api/v2/processing/resume", asAdministratorOfAll());
        assertStatus(401, "POST", resume, "");
    }

    private static void assertStatus(int status, String method, String path, String headers) throws IOException {
        assertThat(SERVER.call(method, path, headers, "").status()).isEqualTo(status);
    }
}
