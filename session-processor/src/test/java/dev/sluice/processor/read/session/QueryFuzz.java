package dev.sluice.processor.read.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.read.page.PageRequest;
import dev.sluice.processor.read.request.QueryParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.BsonDocument;

/** Any query of a list, with a parameter per line of input: it is accepted, or refused with a 4xx that gives the reason. */
public final class QueryFuzz {

    private QueryFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String parameters = new String(input, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> parts[0] + "=" + URLEncoder.encode(parts[1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        QueryParameters query = new QueryParameters(FakeRequest.list(1, parameters));
        try {
            PageRequest<Long> page = PageRequest.byId(query);
            SessionFilter filter = SessionFilter.of(query);
            query.check();
            assertThat(page.limit()).isBetween(1, 1000);
            CreationTimes.CreatedIds any = new CreationTimes.CreatedIds(Optional.empty(), Optional.empty());
            BsonDocument asked = filter.query(1, any, List::of).toBsonDocument();
            assertThat(asked.toJson()).contains("\"project\": 1");
        } catch (ProblemException e) {
            assertThat(e.answer().status()).isBetween(400, 499);
        }
    }
}
