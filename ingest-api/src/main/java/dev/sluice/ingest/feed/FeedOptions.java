package dev.sluice.ingest.feed;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.ingest.intake.RequestHeaders;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The options a client sets for its feed; {@code fromLine} is the number of the body's first line. */
record FeedOptions(
        Optional<String> key, Optional<String> traceparent, long fromLine, boolean everyResult, Encoding encoding) {

    static final long MAX_LINE = 1_000_000_000_000L;

    static final String FROM_LINE = "from_line";
    static final String RESULTS = "results";

    enum Encoding {
        IDENTITY,
        GZIP,
        ZSTD
    }

    /** @throws ProblemException 400 if a header or parameter is malformed, 415 if the encoding is unsupported */
    static FeedOptions of(ApiRequest request) {
        RequestHeaders headers = RequestHeaders.of(request);
        headers.idempotencyKey().filter(key -> !LineKey.isPossibleFor(key)).ifPresent(_ -> {
            throw new ProblemException(new Problem(
                    400, "The Idempotency-Key of a feed has at most " + LineKey.MAX_FEED_KEY + " characters."));
        });
        return new FeedOptions(
                headers.idempotencyKey(),
                headers.traceparent(),
                fromLine(request.query(FROM_LINE).orElse("1")),
                everyResult(request.query(RESULTS).orElse("summary")),
                encoding(request.header("Content-Encoding").orElse("identity")));
    }

    private static long fromLine(String text) {
        long line = text.matches("\\d{1,13}") ? Long.parseLong(text) : 0;
        if (line < 1 || line > MAX_LINE) {
            throw ProblemException.ofFields(Map.of(FROM_LINE, "Expected a line's number, 1 to " + MAX_LINE + "."));
        }
        return line;
    }

    private static boolean everyResult(String text) {
        return switch (text) {
            case "all" -> true;
            case "summary" -> false;
            default -> throw ProblemException.ofFields(Map.of(RESULTS, "Expected \"all\" or \"summary\"."));
        };
    }

    private static Encoding encoding(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "identity" -> Encoding.IDENTITY;
            case "gzip", "x-gzip" -> Encoding.GZIP;
            case "zstd" -> Encoding.ZSTD;
            default ->
                throw new ProblemException(new Answer(
                        415,
                        new Problem(415, "Unsupported content encoding in request: expected gzip or zstd.").body(),
                        List.of(HeaderValues.create("Accept-Encoding", "gzip, zstd"))));
        };
    }
}
