package dev.sluice.processor.read;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.store.SessionQuery.Place;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which page of a list is wanted.
 *
 * @param size at most so many on it; nothing if the client did not say
 * @param place where it is
 */
record PageRequest(OptionalInt size, Place place) {

    static final String PAGE_SIZE = "page_size";
    static final String PAGE = "page";
    static final String BEFORE = "before";
    static final String AFTER = "after";

    /** The largest page, and what there is without a page size. */
    static final int MAX_SIZE = 1000;

    private static final int BAD_REQUEST = 400;
    private static final String NOT_INTEGER = "A valid integer is required.";

    /** How many there may be on the page. */
    int limit() {
        return size.orElse(MAX_SIZE);
    }

    /** What was asked for, or the answer that says what is wrong with it. */
    sealed interface Parsed {
        record Good(PageRequest page) implements Parsed {}

        record Bad(Answer answer) implements Parsed {}
    }

    static Parsed parse(ApiRequest request) {
        Optional<String> sizeText = request.query(PAGE_SIZE);
        OptionalInt size = OptionalInt.empty();
        if (sizeText.isPresent()) {
            size = integer(sizeText.get());
            if (size.isEmpty()) {
                return bad(PAGE_SIZE, NOT_INTEGER);
            }
            if (size.getAsInt() < 1) {
                return bad(PAGE_SIZE, "Ensure this value is greater than or equal to 1.");
            }
            if (size.getAsInt() > MAX_SIZE) {
                return bad(PAGE_SIZE, "Ensure this value is less than or equal to " + MAX_SIZE + ".");
            }
        }
        return place(request, size);
    }

    private static Parsed place(ApiRequest request, OptionalInt size) {
        Optional<String> before = request.query(BEFORE);
        if (before.isPresent()) {
            OptionalLong id = id(before.get());
            return id.isEmpty()
                    ? bad(BEFORE, NOT_INTEGER)
                    : new Parsed.Good(new PageRequest(size, new Place.Before(id.getAsLong())));
        }
        Optional<String> after = request.query(AFTER);
        if (after.isPresent()) {
            OptionalLong id = id(after.get());
            return id.isEmpty()
                    ? bad(AFTER, NOT_INTEGER)
                    : new Parsed.Good(new PageRequest(size, new Place.After(id.getAsLong())));
        }
        int page = request.query(PAGE).map(PageRequest::pageNumber).orElse(1);
        long skip = (page - 1L) * size.orElse(MAX_SIZE);
        if (skip > Integer.MAX_VALUE) {
            throw new ProblemException(Problem.INVALID_PAGE);
        }
        return new Parsed.Good(new PageRequest(size, new Place.Newest((int) skip)));
    }

    private static int pageNumber(String text) {
        OptionalInt page = integer(text);
        if (page.isEmpty() || page.getAsInt() < 1) {
            throw new ProblemException(Problem.INVALID_PAGE);
        }
        return page.getAsInt();
    }

    /** Ids are positive, as projects' are. The largest one has no neighbour that could be named. */
    private static OptionalLong id(String text) {
        OptionalLong id = ProjectKey.parse(text);
        return id.isPresent() && id.getAsLong() == Long.MAX_VALUE ? OptionalLong.empty() : id;
    }

    private static OptionalInt integer(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException _) {
            return OptionalInt.empty();
        }
    }

    private static Parsed bad(String field, String text) {
        // Both are ours and need no escaping.
        String body = "{\"" + field + "\":[\"" + text + "\"]}";
        return new Parsed.Bad(Answer.json(BAD_REQUEST, body.getBytes(StandardCharsets.UTF_8)));
    }
}
