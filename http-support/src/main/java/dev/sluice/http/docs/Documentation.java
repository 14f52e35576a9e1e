package dev.sluice.http.docs;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ReadOnly;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Serves {@code /openapi.yaml}, a page at {@code /docs} that renders it, and {@code /asyncapi.yaml} with its schemas:
 * a fixed set of files, read from the class path once at startup. Paths are looked up as sent, never joined. The page
 * loads nothing from other origins, and its policy forbids it to.
 */
public final class Documentation {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String MARKDOWN = "text/markdown; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    // Schemas that asyncapi.yaml references by relative path.
    private static final List<String> SCHEMAS =
            List.of("analysis-session", "analysis-note", "analysis-outcome", "access-token", "user");

    // Only what the viewer needs: its icons are data URLs, its styles and scripts are files.
    private static final Header CONTENT_SECURITY_POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Header NO_REFERRER = HeaderValues.createCached("Referrer-Policy", "no-referrer");
    private static final Header FIVE_MINUTES = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "max-age=300");

    private final Map<String, Answer> files = new HashMap<>();

    private Documentation() {}

    /**
     * Reads the files.
     *
     * @throws IllegalStateException if one is not on the class path
     */
    public static Documentation load() {
        Documentation documentation = new Documentation();
        byte[] page = read("page.html");
        documentation.add("/docs/", page, HTML);
        // Relative to /docs, the page's resources are one folder down. A redirect would be shorter, but not every
        // client follows it.
        String oneFolderDown = new String(page, StandardCharsets.UTF_8).replace("\"./", "\"./docs/");
        documentation.add("/docs", oneFolderDown.getBytes(StandardCharsets.UTF_8), HTML);
        documentation.add("/openapi.yaml", "openapi.yaml", "application/yaml");
        documentation.add("/asyncapi.yaml", "asyncapi.yaml", "application/yaml");
        for (String schema : SCHEMAS) {
            String file = "schemas/" + schema + ".json";
            documentation.add("/" + file, file, "application/schema+json");
        }
        documentation.add("/docs/guide.md", "guide.md", MARKDOWN);
        documentation.add("/docs/topics.md", "topics.md", MARKDOWN);
        documentation.add("/docs/page.js", "page.js", SCRIPT);
        documentation.add("/docs/page.css", "page.css", STYLE);
        String viewer = viewer();
        documentation.add("/docs/swagger-ui.css", viewer + "swagger-ui.css", STYLE);
        documentation.add("/docs/swagger-ui-bundle.js", viewer + "swagger-ui-bundle.js", SCRIPT);
        documentation.add("/docs/favicon-32x32.png", viewer + "favicon-32x32.png", "image/png");
        return documentation;
    }

    /** The response to a request for {@code path}, compared as sent; empty if it is not served here. */
    public Optional<Answer> answer(Method method, String path) {
        return Optional.ofNullable(files.get(path))
                .map(file -> ReadOnly.answer(method).orElse(file));
    }

    private void add(String path, String resource, String contentType) {
        add(path, read(resource), contentType);
    }

    private void add(String path, byte[] content, String contentType) {
        Header type = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, contentType);
        files.put(path, new Answer(200, content, List.of(type, FIVE_MINUTES, CONTENT_SECURITY_POLICY, NO_REFERRER)));
    }

    // Its folder is named after its version, which only the build chooses.
    private static String viewer() {
        Properties jar = new Properties();
        try {
            jar.load(new ByteArrayInputStream(read("/META-INF/maven/org.webjars/swagger-ui/pom.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/META-INF/resources/webjars/swagger-ui/" + jar.getProperty("version") + "/";
    }

    private static byte[] read(String resource) {
        try (InputStream stream = Documentation.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path: expected it from the build");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
