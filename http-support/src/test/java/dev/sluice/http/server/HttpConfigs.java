package dev.sluice.http.server;

import dev.sluice.service.settings.Environment;
import java.util.HashMap;
import java.util.Map;

/** Configurations of a server on any free port. */
final class HttpConfigs {

    private HttpConfigs() {}

    /** The configuration from these variables, given as names followed by values. */
    static HttpConfig with(String... variables) {
        Map<String, String> all = new HashMap<>(Map.of("SLUICE_HTTP_PORT", "0"));
        for (int i = 0; i < variables.length; i += 2) {
            all.put(variables[i], variables[i + 1]);
        }
        return HttpConfig.of(new Environment(all));
    }
}
