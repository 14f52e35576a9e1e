package dev.sluice.ingest.feed;

import dev.sluice.contract.id.SubmissionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports each line's result as soon as it is settled, if the client wants that. */
final class ResultLines {

    static final ResultLines NONE = new ResultLines(null);

    private static final int SENT_AT = 16 * 1024;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final @Nullable OutputStream out;

    private ResultLines(@Nullable OutputStream out) {
        this.out = out;
    }

    static ResultLines to(OutputStream out) {
        return new ResultLines(out);
    }

    void accepted(long line, Optional<SubmissionId> id) {
        if (out != null) {
            String value = id.map(known -> Long.toString(known.value())).orElse("null");
            write("{\"line\":" + line + ",\"id\":" + value + "}\n");
        }
    }

    void rejected(long line, byte[] errors) {
        if (out != null) {
            write("{\"line\":" + line + ",\"errors\":");
            told.writeBytes(errors);
            write("}\n");
        }
    }

    void flush() {
        if (out == null || told.size() == 0) {
            return;
        }
        try {
            told.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        told.reset();
    }

    private void write(String text) {
        told.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        if (told.size() >= SENT_AT) {
            flush();
        }
    }
}
