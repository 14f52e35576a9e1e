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

/** One file of the documentation, with the headers it is sent with. Browsers ask each time whether it has changed. */
public final class DocumentationFile {

    // What the viewer needs and no more: its icons are data URLs, its styles and scripts are files.
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

    /** The answer to a request for it. */
    public Answer answer(Method method, Headers request) {
        return ReadOnly.answer(method).orElseGet(() -> read(request));
    }

    private Answer read(Headers request) {
        // Helidon says Content-Length: 0 with it, and makes a 500 of the true length; browsers heed neither.
        return isNamedBy(request.all(HeaderNames.IF_NONE_MATCH, List::of))
                ? new Answer(304, UNCHANGED, headers)
                : new Answer(200, content, headers);
    }

    /** Whether an If-None-Match header's values name this very content. Its commas only part tags: ours have none. */
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
