package dev.sluice.processor.read.page;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.Texts;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.read.page.OrderedList.Range;
import dev.sluice.processor.read.request.QueryParameters;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A request for a page of a list.
 *
 * @param size the maximum number of items; empty if the client gave none
 * @param range the part of the list that the page begins
 * @param isNumbered whether the client gave the page's number, which is correct only if every page but the last is full
 */
public record PageRequest<K>(OptionalInt size, Direction ordering, Range<K> range, boolean isNumbered) {

    static final String PAGE_SIZE = "page_size";
    static final String PAGE = "page";
    static final String BEFORE = "before";
    static final String AFTER = "after";

    private static final String ORDERING = "ordering";

    /** The largest page size, and the default. */
    private static final int MAX_SIZE = 1000;

    /** The maximum number of items on the page. */
    public int limit() {
        return size.orElse(MAX_SIZE);
    }

    /** A page of a list by ids, newest first unless the client asks otherwise. Errors are collected in {@code query}. */
    public static PageRequest<Long> byId(QueryParameters query) {
        Direction ordering =
                query.value(ORDERING, PageRequest::ordering, Texts::notAChoice).orElse(Direction.DOWN);
        return of(query, ordering, QueryParameters::id, QueryParameters.NOT_INTEGER);
    }

    /** A page of an ascending list. Errors are collected in {@code query}. */
    public static <K> PageRequest<K> ascending(
            QueryParameters query, Function<String, Optional<K>> keys, String notAKey) {
        return of(query, Direction.UP, keys, notAKey);
    }

    private static <K> PageRequest<K> of(
            QueryParameters query, Direction ordering, Function<String, Optional<K>> keys, String notAKey) {
        OptionalInt size = query.integer(PAGE_SIZE, 1, MAX_SIZE);
        Optional<K> before = query.value(BEFORE, keys, text -> notAKey);
        Optional<K> after = query.value(AFTER, keys, text -> notAKey);
        if (before.isPresent()) {
            return new PageRequest<>(size, ordering, new Range<>(before.get(), Direction.DOWN, 0), false);
        }
        if (after.isPresent()) {
            return new PageRequest<>(size, ordering, new Range<>(after.get(), Direction.UP, 0), false);
        }
        Optional<String> page = query.text(PAGE);
        int skip = page.isEmpty() ? 0 : skip(page.get(), size.orElse(MAX_SIZE));
        return new PageRequest<>(size, ordering, new Range<>(null, ordering, skip), page.isPresent());
    }

    private static int skip(String text, int size) {
        int page = QueryParameters.integer(text).orElse(0);
        long skip = (page - 1L) * size;
        if (page < 1 || skip > Integer.MAX_VALUE) {
            throw new ProblemException(Problem.INVALID_PAGE);
        }
        // A size out of bounds is already an error, so nothing is fetched.
        return (int) Math.max(0, skip);
    }

    private static Optional<Direction> ordering(String text) {
        return switch (text) {
            case "id" -> Optional.of(Direction.UP);
            case "-id" -> Optional.of(Direction.DOWN);
            default -> Optional.empty();
        };
    }
}
