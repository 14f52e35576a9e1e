package dev.sluice.standalone.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sessions as the six kinds of tools report them, each as JSON text. */
final class DemoSessions {

    private static final String RESOURCE = "/demo/sessions.ndjson";

    private DemoSessions() {}

    static List<String> read() throws IOException {
        try (InputStream resource = DemoSessions.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("the resource " + RESOURCE + " is missing");
            }
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        }
    }
}
