package dev.sluice.endtoend.access;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.NoteId;
import dev.sluice.http.api.ApiResource;
import dev.sluice.test.process.ServiceProcess;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every route of both services, with every method and every kind of token, against the table in {@code docs/security.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {

    private static final long PROJECT = 1;
    private static final String NO_CREDENTIALS = "{\"detail\":\"Authentication credentials were not provided.\"}";
    private static final String INVALID = "{\"detail\":\"Invalid token.\"}";
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "ODD");

    private static final List<String> CALLERS = List.of(
            "reader of another",
            "writer of another",
            "administrator of another",
            "reader",
            "writer",
            "administrator",
            "reader of all",
            "writer of all",
            "administrator of all");

    /**
     * The status for each of {@link #CALLERS}, in their order, from the service that has the resource. Without a valid
     * token it is 401 everywhere, and routes that are not listed return 405, so nothing unlisted is open. POST bodies
     * are empty objects, which callers with the right to submit get a 400 for.
     */
    private static final String TABLE = """
            processor GET  SESSIONS     403 403 403  200 200 200  200 200 200
            ingest    POST SESSIONS     403 403 403  403 400 400  403 400 400
            processor GET  SESSION      403 403 403  200 200 200  200 200 200
            processor GET  TASKS        403 403 403  200 200 200  200 200 200
            processor GET  TASK         403 403 403  200 200 200  200 200 200
            processor GET  NOTES        403 403 403  200 200 200  200 200 200
            ingest    POST NOTES        403 403 403  403 400 400  403 400 400
            processor GET  NOTE         403 403 403  200 200 200  200 200 200
            processor GET  SUBMISSIONS  403 403 403  200 200 200  200 200 200
            processor GET  SUBMISSION   403 403 403  200 200 200  200 200 200
            ingest    POST RESUBMIT     403 403 403  403 403 202  403 403 202
            processor GET  PROCESSING   403 403 403  403 403 403  200 200 200
            processor POST RESUME       403 403 403  403 403 403  403 403 200
            processor POST SET_ASIDE    403 403 403  403 403 403  403 403 400
            """;

    private final Edges edges = Edges.shared();
    private final Map<String, List<String>> granted = new HashMap<>();
    private final Map<String, String> working = new LinkedHashMap<>();
    private final Map<String, String> notWorking = new LinkedHashMap<>();
    private long session;

    @BeforeAll
    void makeTokensAndASession() {
        for (String row : TABLE.lines().toList()) {
            String[] words = row.strip().split(" +");
            granted.put(
                    words[0] + " " + words[1] + " " + words[2],
                    Arrays.asList(words).subList(3, words.length));
        }
        makeTokens();
        session = edges.stored(PROJECT, """
                {"analysis_ref": "x", "analysis_type": "fortify", "notes": [{"task": "1-T6", "behaviour": "replace",
                 "confidence": "high", "findings": {}, "status": "pass"}]}""");
    }

    private void makeTokens() {
        long another = Edges.projectAfter(PROJECT, true);
        for (Role role : Role.values()) {
            working.put(role.slug() + " of another", edges.token(role, another).reveal());
            working.put(role.slug(), edges.token(role, PROJECT).reveal());
            working.put(
                    role.slug() + " of all",
                    edges.token(role, new Projects.All(), null).reveal());
        }
        TokenText known = edges.token(Role.ADMINISTRATOR, new Projects.All(), null);
        TokenText revoked = edges.token(Role.ADMINISTRATOR, new Projects.All(), null);
        edges.tokens().revoke(revoked.id());
        notWorking.put("malformed", "x".repeat(40));
        notWorking.put("unknown", edges.newText().reveal());
        notWorking.put("wrong secret", new TokenText(known.id(), edges.newText().secret()).reveal());
        notWorking.put("revoked", revoked.reveal());
        notWorking.put(
                "expired",
                edges.token(
                                Role.ADMINISTRATOR,
                                new Projects.All(),
                                Instant.now().minusSeconds(60))
                        .reveal());
        // Once both services know the last token, they know all of them.
        TokenText last = edges.token(Role.READER, PROJECT);
        for (ServiceProcess edge : edges.both()) {
            await().until(() -> status(edge, "GET", "/api/", last) == 404);
        }
    }

    @Test
    void hasARowForEachMethodOfEachResource() {
        Set<String> declared = new TreeSet<>();
        for (ApiResource resource : ApiResource.values()) {
            resource.methods().forEach(method -> declared.add(method.text() + " " + resource));
        }
        Set<String> rows = new TreeSet<>();
        granted.keySet().forEach(row -> rows.add(row.substring(row.indexOf(' ') + 1)));

        assertThat(rows).isEqualTo(declared);
    }

    @Test
    void givesEachTokenWhatTheTableSays() {
        List<String> differences = new ArrayList<>();
        for (ApiResource resource : ApiResource.values()) {
            for (String method : METHODS) {
                for (ServiceProcess edge : edges.both()) {
                    String service = edge == edges.ingest() ? "ingest" : "processor";
                    String got = answers(edge, method, resource);
                    String wanted = String.join(" ", wanted(service, method, resource));
                    if (!got.equals(wanted)) {
                        differences.add(service + " " + method + " " + resource + ": " + got + ", expected " + wanted);
                    }
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void allowsTheMethodsThatTheServiceAnswers() {
        List<String> differences = new ArrayList<>();
        for (ApiResource resource : ApiResource.values()) {
            for (ServiceProcess edge : edges.both()) {
                String service = edge == edges.ingest() ? "ingest" : "processor";
                String wanted = allowed(service, resource);
                for (String method : List.of("OPTIONS", "ODD")) {
                    String got = send(edge, method, resource, "administrator of all")
                            .headers()
                            .firstValue("allow")
                            .orElse("none");
                    if (!got.equals(wanted)) {
                        differences.add(service + " " + method + " " + resource + ": " + got + ", expected " + wanted);
                    }
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    @Test
    void tellsNothingApartWithoutATokenThatWorks() {
        List<String> paths = new ArrayList<>(List.of("/api/", "/api/v2/nothing/", "/api/v2/projects/x/tasks/"));
        Arrays.stream(ApiResource.values()).map(this::path).forEach(paths::add);
        for (ServiceProcess edge : edges.both()) {
            for (String path : paths) {
                for (String method : METHODS) {
                    assertUnauthenticated(edge, method, path, NO_CREDENTIALS);
                    assertUnauthenticated(edge, method, path, NO_CREDENTIALS, "Authorization", "Basic dTpw");
                    notWorking
                            .values()
                            .forEach(token -> assertUnauthenticated(
                                    edge, method, path, INVALID, "Authorization", "Token " + token));
                }
            }
        }
    }

    private List<String> wanted(String service, String method, ApiResource resource) {
        if (method.equals("OPTIONS")) {
            // Every reader may use OPTIONS.
            return resource.isOfProject()
                    ? List.of("403", "403", "403", "200", "200", "200", "200", "200", "200")
                    : List.of("403", "403", "403", "403", "403", "403", "200", "200", "200");
        }
        String asked = method.equals("HEAD") ? "GET" : method;
        return granted.getOrDefault(
                service + " " + asked + " " + resource,
                CALLERS.stream().map(_ -> "405").toList());
    }

    private String allowed(String service, ApiResource resource) {
        return Stream.of("GET", "POST", "HEAD", "OPTIONS")
                .filter(method -> !wanted(service, method, resource).contains("405"))
                .collect(joining(", "));
    }

    private String answers(ServiceProcess edge, String method, ApiResource resource) {
        return CALLERS.stream()
                .map(caller -> send(edge, method, resource, caller))
                .map(response -> Integer.toString(response.statusCode()))
                .collect(joining(" "));
    }

    private HttpResponse<String> send(ServiceProcess edge, String method, ApiResource resource, String caller) {
        return edges.send(
                edge,
                method,
                path(resource),
                body(method),
                "Authorization",
                "Token " + working.get(caller),
                "Content-Type",
                "application/json");
    }

    private void assertUnauthenticated(
            ServiceProcess edge, String method, String path, String detail, String... headers) {
        HttpResponse<String> response = edges.send(edge, method, path, body(method), headers);

        assertThat(response.statusCode()).as("%s %s", method, path).isEqualTo(401);
        assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : detail);
        assertThat(response.headers().firstValue("www-authenticate")).contains("Token");
        assertThat(response.headers().firstValue("allow")).isEmpty();
    }

    private int status(ServiceProcess edge, String method, String path, TokenText token) {
        return edges.send(edge, method, path, null, "Authorization", "Token " + token.reveal())
                .statusCode();
    }

    private static @Nullable String body(String method) {
        return method.startsWith("P") ? "{}" : null;
    }

    private String path(ApiResource resource) {
        return resource.pathIn(PROJECT)
                .replace("{" + ApiResource.SESSION_ID + "}", Long.toString(session))
                .replace("{" + ApiResource.SUBMISSION_ID + "}", Long.toString(session))
                .replace("{" + ApiResource.TASK_ID + "}", "T6")
                .replace("{" + ApiResource.NOTE_ID + "}", Long.toString(new NoteId(session, 1).value()));
    }
}
