package dev.sluice.http.api;

import dev.sluice.contract.error.Problem;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.util.Optional;

/** Rejects methods other than reads. */
public final class ReadOnly {

    private static final Header ALLOW = HeaderValues.createCached(HeaderNames.ALLOW, "GET, HEAD, OPTIONS");

    private ReadOnly() {}

    /** The response to a request that is not a read; empty for a read. */
    public static Optional<Answer> answer(Method method) {
        if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
            return Optional.empty();
        }
        return Optional.of(
                method.equals(Method.OPTIONS)
                        ? Answer.empty(200, ALLOW)
                        : Answer.of(Problem.methodNotAllowed(method.text()), ALLOW));
    }
}
