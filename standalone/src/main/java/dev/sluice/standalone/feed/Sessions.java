package dev.sluice.standalone.feed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The sessions of a feed in order: the lines of NDJSON or the elements of a JSON array. */
interface Sessions extends Closeable {

    /** The maximum size of a session in bytes. A longer one is replaced by {@link #TOO_LONG}, which every server rejects. */
    int LONGEST = 16 * 1024 * 1024;

    /** Stands in for a session that is too long to keep in memory. */
    byte[] TOO_LONG = "null".getBytes(StandardCharsets.US_ASCII);

    /**
     * Returns the next session on one line, without its line ending; null after the last one.
     *
     * @throws IOException if the input cannot be read
     */
    byte @Nullable [] next() throws IOException;
}
