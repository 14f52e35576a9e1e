package dev.sluice.processor.read.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.read.page.PageRequest;
import dev.sluice.processor.read.page.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** Any query of a list, each line of the input a parameter: it is read, or refused with a 4xx that says why. */
public final class QueryFuzz {

    private QueryFuzz() {}

    /** A request that has nothing but a query. */
    private record Query(Map<String, String> parameters) implements ApiRequest {

        @Override
        public String requestId() {
            return "none";
        }

        @Override
        public AccessToken caller() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long project() {
            return 1;
        }

        @Override
        public long id(String parameter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String task() {
            throw new UnsupportedOperationException();
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
            throw new UnsupportedOperationException();
        }

        @Override
        public String baseUrl() {
            return "http://localhost";
        }

        @Override
        public String pathAndQuery() {
            return "/";
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, String> parameters = new String(input, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (first, _) -> first));
        QueryParameters query = new QueryParameters(new Query(parameters));
        try {
            PageRequest<Long> page = PageRequest.byId(query);
            SessionFilter filter = SessionFilter.of(query);
            query.check();
            assertThat(page.limit()).isBetween(1, 1000);
            CreatedIds any = new CreatedIds(Optional.empty(), Optional.empty());
            BsonDocument asked = filter.query(1, any).toBsonDocument();
            assertThat(asked.toJson()).contains("\"project\": 1");
        } catch (ProblemException e) {
            assertThat(e.answer().status()).isBetween(400, 499);
        }
    }
}
