package dev.sluice.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.openapi.OpenApiDescription;
import io.helidon.http.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DescribedResourcesTest {

    @Test
    void theTableAndTheDescriptionHaveTheSamePathsAndMethods() {
        OpenApiDescription description = OpenApiDescription.load();
        Map<String, Set<String>> described = new TreeMap<>();
        // A path without the slash is the same resource: a feed has an operation of its own there.
        description
                .paths()
                .forEach(path -> described
                        .computeIfAbsent(path.endsWith("/") ? path : path + "/", _ -> new TreeSet<>())
                        .addAll(description.methods(path)));

        Map<String, Set<String>> served = new TreeMap<>();
        for (ApiResource resource : ApiResource.values()) {
            Set<String> methods = new TreeSet<>();
            resource.methods().stream().map(Method::text).forEach(methods::add);
            served.put(resource.path(), methods);
        }

        assertThat(served).isEqualTo(described);
    }
}
