package dev.sluice.processor.read.request;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads a request's query parameter by parameter. Collects errors until {@link #check} reports all of them at once. */
public final class QueryParameters {

    /** The error for a text that is no whole number. */
    public static final String NOT_INTEGER = "A valid integer is required.";

    // The JDK would accept the digits of any script.
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,10}");

    private final ApiRequest request;
    private final Map<String, String> errors = new LinkedHashMap<>();

    public QueryParameters(ApiRequest request) {
        this.request = request;
    }

    /**
     * A parameter's value.
     *
     * @param reader returns empty for an invalid value
     * @param error returns the error for an invalid text
     */
    public <T> Optional<T> value(String name, Function<String, Optional<T>> reader, UnaryOperator<String> error) {
        Optional<String> text = request.query(name);
        Optional<T> value = text.flatMap(reader);
        if (text.isPresent() && value.isEmpty()) {
            errors.put(name, error.apply(text.get()));
        }
        return value;
    }

    public Optional<String> text(String name) {
        return request.query(name);
    }

    public OptionalInt integer(String name, int min, int max) {
        Optional<Integer> number = value(name, QueryParameters::integer, text -> NOT_INTEGER);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        if (number.get() < min) {
            errors.put(name, "Ensure this value is greater than or equal to " + min + ".");
        } else if (number.get() > max) {
            errors.put(name, "Ensure this value is less than or equal to " + max + ".");
        }
        return OptionalInt.of(number.get());
    }

    /** A positive 64-bit number. */
    public OptionalLong number(String name) {
        Optional<Long> id = value(name, QueryParameters::id, text -> NOT_INTEGER);
        return id.isPresent() ? OptionalLong.of(id.get()) : OptionalLong.empty();
    }

    /** Throws a 400 with every error, if there are any. Must be called after all parameters are read and before any is used. */
    public void check() {
        if (!errors.isEmpty()) {
            throw ProblemException.ofFields(errors);
        }
    }

    /** The 400 for one parameter whose value turns out to be unusable only after {@link #check}. */
    public static ProblemException refusal(String name, String error) {
        return ProblemException.ofFields(Map.of(name, error));
    }

    /** A positive 64-bit number, without a leading zero. */
    public static Optional<Long> id(String text) {
        OptionalLong id = ProjectKey.parse(text);
        return id.isPresent() ? Optional.of(id.getAsLong()) : Optional.empty();
    }

    /** A whole number of at most ten digits. */
    public static Optional<Integer> integer(String text) {
        try {
            return WHOLE_NUMBER.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
