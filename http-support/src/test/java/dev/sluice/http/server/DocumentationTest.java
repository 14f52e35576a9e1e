package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentationTest {

    private static final RunningServer SERVER = new RunningServer(HttpConfig.defaults());
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @AfterAll
    static void stop() {
        SERVER.close();
        CLIENT.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/openapi.yaml|application/yaml",
                "/docs|text/html; charset=utf-8",
                "/docs/|text/html; charset=utf-8",
                "/asyncapi.yaml|application/yaml",
                "/schemas/analysis-outcome.json|application/schema+json",
                "/docs/guide.md|text/markdown; charset=utf-8",
                "/docs/topics.md|text/markdown; charset=utf-8",
                "/docs/page.js|text/javascript; charset=utf-8",
                "/docs/page.css|text/css; charset=utf-8",
                "/docs/swagger-ui.css|text/css; charset=utf-8",
                "/docs/swagger-ui-bundle.js|text/javascript; charset=utf-8",
                "/docs/favicon-32x32.png|image/png"
            })
    void servesEachFileWithoutATokenAndUnderAStrictPolicy(String path, String contentType) throws Exception {
        HttpResponse<byte[]> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Content-Type")).containsExactly(contentType);
        assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("max-age=300");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; script-src 'self';")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(response.body()).isNotEmpty();
    }

    @Test
    void servesTheDescriptionAndTheGuideOfTheRepository() throws Exception {
        assertThat(get("/openapi.yaml").body()).isEqualTo(Files.readAllBytes(Path.of("../docs/api/openapi.yaml")));
        assertThat(get("/docs/guide.md").body()).isEqualTo(Files.readAllBytes(Path.of("../docs/guide.md")));
    }

    @Test
    void servesEverySchemaThatTheTopicsDescriptionRefersTo() throws Exception {
        String description = new String(get("/asyncapi.yaml").body(), StandardCharsets.UTF_8);

        Matcher references = Pattern.compile("\\./(schemas/[a-z-]+\\.json)").matcher(description);

        List<String> schemas = references.results().map(found -> found.group(1)).toList();
        assertThat(schemas).isNotEmpty();
        for (String schema : schemas) {
            assertThat(get("/" + schema).statusCode()).as(schema).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/docs/"})
    void thePageNamesOnlyFilesThatAreServed(String path) throws Exception {
        String page = new String(get(path).body(), StandardCharsets.UTF_8);

        List<String> links = new ArrayList<>();
        for (Matcher link = LINK.matcher(page); link.find(); ) {
            links.add(link.group(1));
        }
        assertThat(links).hasSize(5);
        for (String link : links) {
            URI file = URI.create(path).resolve(link);
            assertThat(file.getHost()).isNull();
            assertThat(get(file.getPath()).statusCode()).as(file.getPath()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/../openapi.yaml",
                "/docs/./page.js",
                "/docs//page.js",
                "/docs/%2e%2e/openapi.yaml",
                "/docs/..%2fopenapi.yaml",
                "/docs/page%2Ejs",
                "/docs/page.html",
                "/docs/index.html",
                "/docs/Documentation.class",
                "/docs/swagger-ui-bundle.js/",
                "/docs/META-INF/MANIFEST.MF",
                "/docs/page.js;a=b",
                "/openapi.yaml/",
                "/openapi.json",
                "/Docs/"
            })
    void hasNothingElse(String path) throws IOException {
        assertThat(SERVER.call("GET", path, "", "").status()).isEqualTo(404);
    }

    @Test
    void answersHeadAndOptionsAndNothingElse() throws Exception {
        HttpResponse<byte[]> head = send(request("/docs/").method("HEAD", BodyPublishers.noBody()));
        HttpResponse<byte[]> options = send(request("/docs/").method("OPTIONS", BodyPublishers.noBody()));
        HttpResponse<byte[]> post = send(request("/docs/").POST(BodyPublishers.ofString("{}")));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.server.port() + path));
    }
}
