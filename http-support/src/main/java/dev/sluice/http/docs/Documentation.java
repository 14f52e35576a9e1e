package dev.sluice.http.docs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Serves {@code /openapi.yaml}, a page at {@code /docs} that renders it, and {@code /asyncapi.yaml} with its schemas:
 * a fixed set of files, read from the class path once at startup. Paths are looked up as sent, never joined. The page
 * loads nothing from other origins, and its policy forbids it to.
 */
public final class Documentation {

    private static final String VIEWER = "/META-INF/resources/webjars/swagger-ui/5.31.0/";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String MARKDOWN = "text/markdown; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    // Schemas that asyncapi.yaml references by relative path.
    private static final List<String> SCHEMAS =
            List.of("analysis-session", "analysis-note", "analysis-outcome", "access-token", "user");

    private final Map<String, DocumentationFile> files;

    private Documentation(Map<String, DocumentationFile> files) {
        this.files = Map.copyOf(files);
    }

    /**
     * Reads the files.
     *
     * @throws IllegalStateException if one is not on the class path
     */
    public static Documentation load() {
        Map<String, DocumentationFile> files = new HashMap<>();
        DocumentationFile page = DocumentationFile.read("page.html", HTML);
        files.put("/docs/", page);
        // Relative to /docs, the page's resources are one folder down. A redirect would be shorter, but not every
        // client follows it.
        files.put("/docs", page.replacing("\"./", "\"./docs/"));
        files.put("/openapi.yaml", DocumentationFile.read("openapi.yaml", "application/yaml"));
        files.put("/asyncapi.yaml", DocumentationFile.read("asyncapi.yaml", "application/yaml"));
        for (String schema : SCHEMAS) {
            String file = "schemas/" + schema + ".json";
            files.put("/" + file, DocumentationFile.read(file, "application/schema+json"));
        }
        files.put("/docs/guide.md", DocumentationFile.read("guide.md", MARKDOWN));
        files.put("/docs/topics.md", DocumentationFile.read("topics.md", MARKDOWN));
        files.put("/docs/page.js", DocumentationFile.read("page.js", SCRIPT));
        files.put("/docs/page.css", DocumentationFile.read("page.css", STYLE));
        files.put("/docs/swagger-ui.css", DocumentationFile.read(VIEWER + "swagger-ui.css", STYLE));
        files.put("/docs/swagger-ui-bundle.js", DocumentationFile.read(VIEWER + "swagger-ui-bundle.js", SCRIPT));
        files.put("/docs/favicon-32x32.png", DocumentationFile.read(VIEWER + "favicon-32x32.png", "image/png"));
        return new Documentation(files);
    }

    /** The file at a path, compared as sent. */
    public Optional<DocumentationFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
