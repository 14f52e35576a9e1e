package dev.sluice.ingest.feed;

import dev.sluice.contract.id.SubmissionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells each line's result as soon as it is settled; where nobody wants to know, there is {@link #NONE}. */
class ResultLines {

    /** Tells nothing. */
    static final ResultLines NONE = new ResultLines();

    private ResultLines() {}

    static ResultLines to(OutputStream out) {
        return new Told(out);
    }

    void accepted(long line, Optional<SubmissionId> id) {}

    void rejected(long line, byte[] errors) {}

    /** Sends what has been told. */
    void flush() {}

    private static final class Told extends ResultLines {

        private static final int SENT_AT = 16 * 1024;

        private final ByteArrayOutputStream told = new ByteArrayOutputStream(2 * SENT_AT);
        private final OutputStream out;

        private Told(OutputStream out) {
            this.out = out;
        }

        @Override
        void accepted(long line, Optional<SubmissionId> id) {
            String value = id.map(known -> Long.toString(known.value())).orElse("null");
            write("{\"line\":" + line + ",\"id\":" + value + "}\n");
        }

        @Override
        void rejected(long line, byte[] errors) {
            write("{\"line\":" + line + ",\"errors\":");
            told.writeBytes(errors);
            write("}\n");
        }

        @Override
        void flush() {
            if (told.size() == 0) {
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
}
