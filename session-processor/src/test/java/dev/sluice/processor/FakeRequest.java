package dev.sluice.processor;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.User;
import dev.sluice.http.api.ApiRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A request as the server would pass it on, made from a path as a client would send it. */
public record FakeRequest(long project, long id, String pathAndQuery) implements ApiRequest {

    private static final Pattern TASK = Pattern.compile("/tasks/(?:[0-9]+-)?([A-Z]+[0-9]+)/");

    /** A request for any resource, from its path and query. */
    public static FakeRequest of(String pathAndQuery) {
        String[] segments = pathAndQuery.replaceFirst("/?([?].*)?$", "").split("/", -1);
        String last = segments[segments.length - 1];
        return new FakeRequest(
                Long.parseLong(segments[4]), last.matches("[0-9]+") ? Long.parseLong(last) : 0, pathAndQuery);
    }

    /** A request for the list of sessions. */
    public static FakeRequest list(long project, String query) {
        return new FakeRequest(
                project,
                0,
                "/api/v2/projects/" + project + "/analysis-sessions/" + (query.isEmpty() ? "" : "?" + query));
    }

    /** A request for one session. */
    public static FakeRequest one(long project, long id) {
        return new FakeRequest(project, id, "/api/v2/projects/" + project + "/analysis-sessions/" + id + "/");
    }

    @Override
    public String requestId() {
        return "fake";
    }

    @Override
    public AccessToken caller() {
        return new AccessToken(
                "0",
                SecretHash.ofSecret("x"),
                new User(1, "", "", ""),
                new Projects.All(),
                Role.READER,
                Instant.EPOCH,
                null);
    }

    @Override
    public long id(String parameter) {
        return id;
    }

    @Override
    public String task() {
        Matcher task = TASK.matcher(pathAndQuery);
        if (!task.find()) {
            throw new IllegalStateException("no path of this request names a task");
        }
        return task.group(1);
    }

    @Override
    public Optional<String> query(String parameter) {
        int question = pathAndQuery.indexOf('?');
        return question < 0
                ? Optional.empty()
                : Arrays.stream(pathAndQuery.substring(question + 1).split("&", -1))
                        .filter(pair -> pair.startsWith(parameter + "="))
                        .map(pair -> URLDecoder.decode(pair.substring(parameter.length() + 1), StandardCharsets.UTF_8))
                        .findFirst();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public byte[] body() {
        return new byte[0];
    }

    @Override
    public String baseUrl() {
        return "http://sluice.test:8080";
    }
}
