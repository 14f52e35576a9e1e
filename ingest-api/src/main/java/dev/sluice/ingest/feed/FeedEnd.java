package dev.sluice.ingest.feed;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.AnswerHeaders;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.List;
import java.util.Optional;

/** Why a feed ended, and how that is answered. */
sealed interface FeedEnd {

    /** Tells the client how to continue a feed that ended early, and when that is safe. */
    String GO_ON =
            " Send the feed again with the same Idempotency-Key, all of it or from the line after durable_through on with from_line;"
                    + " without a key those lines may be stored twice.";

    /** Sent when a feed is stopped early. If the client is still there to read it, the server is shutting down. */
    String STOPPING = "The server is stopping." + GO_ON;

    /** Tells the client what to do about lines that it did not send so. */
    String COMPARE =
            " Lines that were accepted may have been damaged before, and stored wrong, under ids in id_ranges: compare them with yours."
                    + " Send the right ones with another Idempotency-Key: with the same one they are never stored.";

    Header RETRY_FEED = HeaderValues.createCached(HeaderNames.RETRY_AFTER, "2");

    record Complete() implements FeedEnd {}

    /** The connection was cut off before the body's end. */
    record CutOff() implements FeedEnd {}

    /** The caller's token was revoked or expired during the feed. */
    record Revoked() implements FeedEnd {}

    /** The chunks or the compressed data are malformed. */
    record Malformed(String reason) implements FeedEnd {}

    /** The compressed data were changed: what they expanded to before this showed may be wrong too. */
    record Damaged(String reason) implements FeedEnd {}

    record TooMuch(String reason) implements FeedEnd {}

    /** The client sent too little in time. */
    record Stalled(long seconds) implements FeedEnd {}

    /** Temporarily unavailable: the log does not acknowledge, there is no memory, or the server is stopping. */
    record Unavailable(String reason) implements FeedEnd {}

    record NoRoom() implements FeedEnd {}

    record Failed() implements FeedEnd {}

    default int status(long rejectedLines) {
        return switch (this) {
            case Complete() -> rejectedLines == 0 ? 200 : 207;
            case CutOff(), Malformed _, Damaged _ -> 400;
            case Revoked() -> 401;
            case TooMuch _ -> 413;
            case Stalled _ -> 408;
            case Unavailable _, NoRoom() -> 503;
            case Failed() -> 500;
        };
    }

    default Optional<String> detail() {
        return switch (this) {
            case Complete() -> Optional.empty();
            case CutOff() -> Optional.of("The feed was cut off before its end." + GO_ON);
            case Revoked() -> Optional.of(Problem.INVALID_TOKEN.detail());
            case Malformed(var reason) -> Optional.of("The feed cannot be read on: " + reason + ".");
            case Damaged(var reason) -> Optional.of("The feed cannot be read on: " + reason + "." + COMPARE);
            case TooMuch(var reason) -> Optional.of(reason);
            case Stalled(var seconds) ->
                Optional.of("Neither the end of a line nor 64 KiB of it arrived within " + seconds + " s." + GO_ON);
            case Unavailable(var reason) -> Optional.of(reason);
            case NoRoom() ->
                Optional.of(
                        "There is too little room left for the log: whether lines after durable_through were accepted is unknown."
                                + GO_ON);
            case Failed() -> Optional.of("A server error occurred." + GO_ON);
        };
    }

    default List<Header> headers() {
        return switch (this) {
            case Revoked() -> List.of(AnswerHeaders.TOKEN_SCHEME);
            case NoRoom(), Failed() -> List.of(AnswerHeaders.RETRY_LATER);
            case Unavailable _ -> List.of(RETRY_FEED);
            case Complete(), CutOff(), Malformed _, Damaged _, TooMuch _, Stalled _ -> List.of();
        };
    }
}
