package dev.sluice.test.openapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiContractTest {

    private static final OpenApiContract CONTRACT = OpenApiContract.load();

    private static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";
    private static final String TASK = "/api/v2/projects/1/tasks/1-T6/";
    private static final String SESSION = """
            {"id": 682, "analysis_ref": "a", "analysis_type": "fortify", "extra": {}, "created": "2014-12-15T20:10:51.900000Z",
             "updated": "2014-12-15T20:10:51.900000Z", "updater": 1}""";
    private static final String SUMMARY = """
            {"lines": 1, "accepted": 0, "rejected": 1, "blank": 0, "durable_through": 1, "id_ranges": [], "more_ids": 0,
             "errors": [{"line": 1, "errors": {"notes": [{}, {"task": ["This field is required."]}]}}], "more_errors": 0}""";
    private static final String PENDING = """
            {"id": 938, "state": "pending", "session": null, "errors": null, "received": "2015-03-27T08:12:33.120000Z", "processed": null}""";
    private static final String DETAIL = "{\"detail\": \"Text.\"}";
    private static final Map<String, List<String>> JSON = Map.of("content-type", List.of("application/json"));

    @Test
    void takesWhatIsDescribed() {
        assertThatCode(() -> {
                    check("GET", SESSIONS + "682/", 200, SESSION);
                    check("GET", SESSIONS, 200, "{\"results\": [" + SESSION + "]}");
                    check("GET", SESSIONS + "?page_size=1", 200, page("1"));
                    check("POST", SESSIONS, 201, and("Location", "http://localhost:8080" + SESSIONS + "682/"), SESSION);
                    check("POST", SESSIONS, 400, "{\"notes\": [{}, {\"task\": [\"This field is required.\"]}]}");
                    check("POST", SESSIONS, 400, DETAIL);
                    check("GET", SESSIONS, 503, and("Retry-After", "1"), DETAIL);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void tellsAFeedFromASession() {
        String feeds = SESSIONS.replaceFirst("/$", "");

        assertThatCode(() -> {
                    check("POST", feeds, 207, SUMMARY);
                    check("POST", feeds, 400, SUMMARY.replace("{\"lines\"", "{\"detail\": \"Cut off.\", \"lines\""));
                    check("POST", feeds, 400, DETAIL);
                    check("POST", feeds, 400, "{\"notes\": [{}, {\"task\": [\"This field is required.\"]}]}");
                    check("POST", feeds, 422, DETAIL);
                    check("POST", feeds, 400, "{\"from_line\": [\"Expected a line's number.\"]}");
                    check("POST", feeds, 201, and("Location", "http://localhost:8080" + SESSIONS + "682/"), SESSION);
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check("POST", SESSIONS, 207, SUMMARY)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("POST", SESSIONS, 400, SUMMARY)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("POST", feeds, 207, DETAIL)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("POST", feeds, 400, SUMMARY)).isInstanceOf(AssertionError.class);
    }

    @Test
    void checksEveryLineOfAFeedsResults() {
        Map<String, List<String>> lines = Map.of("Content-Type", List.of("application/x-ndjson"));
        String feeds = SESSIONS.replaceFirst("/$", "");
        String results = "{\"line\":1,\"id\":682}\n{\"line\":2,\"errors\":" + DETAIL + "}\n";

        assertThatCode(() -> check("POST", feeds, 200, lines, results)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("POST", feeds, 200, lines, results + "{\"line\":3,\"ids\":1}\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ids");
    }

    @Test
    void knowsBothFormsOfAResubmission() {
        String resubmit = "/api/v2/projects/1/submissions/682/resubmit/";

        assertThatCode(() -> {
                    check("POST", resubmit, 202, DETAIL);
                    check("POST", resubmit, 202, PENDING);
                })
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check("POST", resubmit, 202, "{\"id\": 938}")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("POST", resubmit, 202, "{}")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("POST", resubmit, 202, PENDING.replace("pending", "stored")))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({"GET, 201", "GET, 302", "GET, 418", "GET, 500", "POST, 204", "POST, 500", "HEAD, 201"})
    void refusesAStatusThatIsNotDescribed(String method, int status) {
        assertThatThrownBy(() -> check(method, SESSIONS, status, "{\"results\": []}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the status is not described");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "analysis_ref", "analysis_type", "extra", "created", "updated", "updater"})
    void refusesASessionWithoutOneOfItsFields(String field) {
        String without = SESSION.replace("\"" + field + "\":", "\"other\":");

        assertThatThrownBy(() -> check("GET", SESSIONS + "682/", 200, without))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'" + field + "'");
    }

    @Test
    void refusesAFieldThatIsNotDescribed() {
        String more = SESSION.replace("{\"id\"", "{\"notes\": [], \"id\"");

        assertThatThrownBy(() -> check("GET", SESSIONS + "682/", 200, more))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'notes'");
        assertThatThrownBy(() -> check("GET", SESSIONS, 200, "{\"results\": [" + more + "]}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'notes'");
        assertThatThrownBy(() -> check("GET", SESSIONS, 200, "{\"results\": [], \"total\": 0}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'total'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\": 682 | \"id\": \"682\"",
                "\"id\": 682 | \"id\": 0",
                "\"id\": 682 | \"id\": 6.5",
                "\"fortify\" | \"Fortify\"",
                "\"extra\": {} | \"extra\": []",
                "\"extra\": {} | \"extra\": null",
                "51.900000Z | 51.900Z",
                "51.900000Z | 51.900000+00:00",
                "\"updater\": 1 | \"updater\": {}"
            })
    void refusesAValueOfAnotherTypeOrForm(String described, String wrong) {
        assertThatThrownBy(() -> check("GET", SESSIONS + "682/", 200, SESSION.replace(described, wrong)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"results\": []} {}", "{\"results\": [], \"results\": []}"})
    void refusesABodyThatIsNotOneObject(String body) {
        assertThatThrownBy(() -> check("GET", SESSIONS, 200, body)).isInstanceOf(AssertionError.class);
    }

    @Test
    void refusesAPageWithoutAllThatPagesHave() {
        assertThatThrownBy(() -> check("GET", SESSIONS, 200, "{\"count\": 0, \"next\": null, \"results\": []}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("previous");
        assertThatThrownBy(() -> check("GET", SESSIONS, 200, page("\"1\"")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("count");
    }

    @Test
    void refusesAnotherMediaType() {
        assertThatThrownBy(() -> CONTRACT.assertConforms("GET", SESSIONS, 404, Map.of(), DETAIL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("media type");
        assertThatThrownBy(() -> check("GET", SESSIONS, 404, Map.of("Content-Type", List.of("text/html")), DETAIL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("text/html");
    }

    @Test
    void refusesAResponseWithoutARequiredHeader() {
        assertThatThrownBy(() -> check("POST", SESSIONS, 201, SESSION))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Location is missing");
        assertThatThrownBy(() -> check("GET", SESSIONS, 503, DETAIL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Retry-After is missing");
        assertThatThrownBy(() -> check("GET", SESSIONS, 429, and("Retry-After", "soon"), DETAIL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Retry-After");
        assertThatThrownBy(() -> check("GET", SESSIONS, 401, DETAIL))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WWW-Authenticate is missing");
    }

    @Test
    void knowsWhatHoldsForEveryPath() {
        Map<String, List<String>> allow = and("Allow", "GET, POST, HEAD, OPTIONS");

        assertThatCode(() -> {
                    check("GET", "/api/v2/users/", 404, DETAIL);
                    check("DELETE", SESSIONS, 405, allow, DETAIL);
                    check("OPTIONS", SESSIONS, 200, allow, "{}");
                    check("HEAD", TASK, 404, "");
                    check("GET", "/api/v2/projects/1/tasks", 301, and("Location", "http://localhost/tasks/"), "{}");
                    check("POST", "/api/v2/projects/1/analysis-sessions", 400, DETAIL);
                    CONTRACT.assertRefusedByTransport(431, and("Connection", "close"), DETAIL);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhatDoesNotHoldForEveryPath() {
        assertThatThrownBy(() -> check("GET", "/api/v2/users/", 200, "{}")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("DELETE", SESSIONS, 405, DETAIL)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("DELETE", SESSIONS, 200, "{}")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("GET", SESSIONS, 405, and("Allow", "GET"), DETAIL))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("GET", "/api/v2/projects/1/tasks", 200, "{\"results\": []}"))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check("HEAD", TASK, 404, DETAIL)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> CONTRACT.assertRefusedByTransport(431, JSON, DETAIL))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> CONTRACT.assertRefusedByTransport(404, and("Connection", "close"), DETAIL))
                .isInstanceOf(AssertionError.class);
    }

    private static void check(String method, String path, int status, String body) {
        check(method, path, status, JSON, body);
    }

    private static void check(String method, String path, int status, Map<String, List<String>> headers, String body) {
        CONTRACT.assertConforms(method, path, status, headers, body);
    }

    private static Map<String, List<String>> and(String name, String value) {
        Map<String, List<String>> headers = new HashMap<>(JSON);
        headers.put(name, List.of(value));
        return headers;
    }

    private static String page(String count) {
        return "{\"count\": " + count + ", \"next\": null, \"previous\": null, \"results\": [" + SESSION + "]}";
    }
}
