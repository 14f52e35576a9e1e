package dev.sluice.http.docs;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ReadOnly;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** One file of the documentation, with its response headers. Browsers revalidate it on every request. */
public final class DocumentationFile {

    // Only what the viewer needs: its icons are data URLs, its styles and scripts are files.
    private static final Header CONTENT_SECURITY_POLICY = HeaderValues.createCached(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final Header NO_REFERRER = HeaderValues.createCached("Referrer-Policy", "no-referrer");
    private static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    private static final byte[] UNCHANGED = {};
    private static final int TAG_BYTES = 16;

    private final byte[] content;
    private final String contentType;
    private final String tag;
    private final List<Header> headers;

    private DocumentationFile(byte[] content, String contentType) {
        this.content = content;
        this.contentType = contentType;
        this.tag = '"' + HexFormat.of().formatHex(sha256(content), 0, TAG_BYTES) + '"';
        this.headers = List.of(
                HeaderValues.createCached(HeaderNames.CONTENT_TYPE, contentType),
                HeaderValues.createCached(HeaderNames.ETAG, tag),
                ASK_AGAIN,
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
    public Answer answer(Method method, Headers request) {
        return ReadOnly.answer(method).orElseGet(() -> read(request));
    }

    private Answer read(Headers request) {
        // Helidon adds Content-Length: 0 to a 304, and turns one with the true length into a 500; browsers ignore both.
        return isNamedBy(request.all(HeaderNames.IF_NONE_MATCH, List::of))
                ? new Answer(304, UNCHANGED, headers)
                : new Answer(200, content, headers);
    }

    /**
     * Returns whether the values of an If-None-Match header contain this content's tag. Commas only separate tags:
     * our tags contain none.
     */
    private boolean isNamedBy(List<String> ifNoneMatch) {
        for (String value : ifNoneMatch) {
            for (String known : value.split(",", -1)) {
                String stripped = known.strip();
                if (stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
