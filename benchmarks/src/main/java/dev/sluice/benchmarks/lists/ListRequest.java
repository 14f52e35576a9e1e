package dev.sluice.benchmarks.lists;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.User;
import dev.sluice.http.api.ApiRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request for a list, as the server would pass it on.
 *
 * @param project the project of the list
 * @param task the task of a list of notes
 * @param parameters the query parameters
 */
record ListRequest(long project, String task, Map<String, String> parameters) implements ApiRequest {

    private static final AccessToken READER = new AccessToken(
            "benchmark",
            SecretHash.ofSecret(""),
            new User(1, "", "", ""),
            new Projects.All(),
            Role.READER,
            Instant.EPOCH,
            null);

    @Override
    public String requestId() {
        return "benchmark";
    }

    @Override
    public AccessToken caller() {
        return READER;
    }

    @Override
    public long id(String parameter) {
        throw new IllegalStateException("a list has no id");
    }

    @Override
    public Optional<String> query(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
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
        return "http://localhost";
    }

    @Override
    public String pathAndQuery() {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining("&", "/?", ""));
    }
}
