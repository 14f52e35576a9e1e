package dev.sluice.standalone.feed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is to be fed, one session after the other: the lines of NDJSON, or the elements of a JSON array. */
interface Sessions extends Closeable {

    /** A longer one than this is not held: it is replaced by {@link #TOO_LONG}, which no server takes for a session. */
    int LONGEST = 16 * 1024 * 1024;

    /** Stands for a session that was too long to be held. */
    byte[] TOO_LONG = "null".getBytes(StandardCharsets.US_ASCII);

    /**
     * The next one, on one line and without its end; null after the last.
     *
     * @throws IOException if it cannot be read on
     */
    byte @Nullable [] next() throws IOException;

    /** Whether the next one may be long in coming. */
    boolean isWaiting() throws IOException;
}
