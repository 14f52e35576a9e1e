package dev.sluice.http.server;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Builds the Allow header: the supported methods, HEAD if GET is one of them, and OPTIONS; always in the same order.
 */
final class Allow {

    private static final List<Method> ORDER = List.of(Method.GET, Method.POST);

    private Allow() {}

    static Header header(Set<Method> answered) {
        List<String> methods = new ArrayList<>();
        for (Method method : ORDER) {
            if (answered.contains(method)) {
                methods.add(method.text());
            }
        }
        if (answered.contains(Method.GET)) {
            methods.add(Method.HEAD.text());
        }
        methods.add(Method.OPTIONS.text());
        return HeaderValues.create(HeaderNames.ALLOW, String.join(", ", methods));
    }
}
