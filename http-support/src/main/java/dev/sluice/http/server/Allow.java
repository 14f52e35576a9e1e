package dev.sluice.http.server;

import dev.sluice.http.api.ApiResource;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.util.ArrayList;
import java.util.List;

/** The Allow header of a resource: its methods, HEAD where it has GET, and OPTIONS; always in the same order. */
final class Allow {

    private static final List<Method> ORDER = List.of(Method.GET, Method.POST, Method.PUT, Method.PATCH, Method.DELETE);

    private Allow() {}

    static Header header(ApiResource resource) {
        List<String> methods = new ArrayList<>();
        for (Method method : ORDER) {
            if (resource.methods().contains(method)) {
                methods.add(method.text());
            }
        }
        if (resource.methods().contains(Method.GET)) {
            methods.add(Method.HEAD.text());
        }
        methods.add(Method.OPTIONS.text());
        return HeaderValues.create(HeaderNames.ALLOW, String.join(", ", methods));
    }
}
