package dev.sluice.http.docs;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ReadOnly;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One file of the documentation, with its response headers. */
public final class DocumentationFile {

    // Only what the viewer needs: its icons are data URLs, its styles and scripts are files.
    private static final Header CONTENT_SECURITY_POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Header NO_REFERRER = HeaderValues.createCached("Referrer-Policy", "no-referrer");
    private static final Header FIVE_MINUTES = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "max-age=300");

    private final byte[] content;
    private final String contentType;
    private final List<Header> headers;

    private DocumentationFile(byte[] content, String contentType) {
        this.content = content;
        this.contentType = contentType;
        this.headers = List.of(
                HeaderValues.createCached(HeaderNames.CONTENT_TYPE, contentType),
                FIVE_MINUTES,
                CONTENT_SECURITY_POLICY,
                NO_REFERRER);
    }

    static DocumentationFile read(String resource, String contentType) {
        try (InputStream stream = DocumentationFile.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not on the class path: expected it from the build");
            }
            return new DocumentationFile(stream.readAllBytes(), contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DocumentationFile replacing(String text, String replacement) {
        String replaced = new String(content, StandardCharsets.UTF_8).replace(text, replacement);
        return new DocumentationFile(replaced.getBytes(StandardCharsets.UTF_8), contentType);
    }

    /** The response to a request for this file. */
    public Answer answer(Method method) {
        return ReadOnly.answer(method).orElseGet(() -> new Answer(200, content, headers));
    }
}
