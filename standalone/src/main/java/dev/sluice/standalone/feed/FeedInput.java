package dev.sluice.standalone.feed;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.sluice.ingest.feed.GzipStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens the input of a feed: a file or standard input; plain or compressed with gzip or zstd; NDJSON or a JSON array.
 * The first bytes show which.
 */
final class FeedInput {

    static final String STANDARD_INPUT = "-";

    private static final Duration PATIENCE_WITH_A_PIPE = Duration.ofMillis(200);
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b52ffd;
    private static final int LARGEST_WINDOW_LOG = 27;

    private final String name;
    private final InputStream standardInput;
    private final AtomicLong read = new AtomicLong();

    /** @param name a file's path, or {@value #STANDARD_INPUT} */
    FeedInput(String name, InputStream standardInput) {
        this.name = name;
        this.standardInput = standardInput;
    }

    String name() {
        return name;
    }

    boolean isStandardInput() {
        return name.equals(STANDARD_INPUT);
    }

    Path file() {
        return Path.of(name);
    }

    /** The file that records how far the input has been fed; empty for standard input, which cannot be read a second time. */
    Optional<Path> stateFile() {
        return isStandardInput() ? Optional.empty() : Optional.of(beside(".sluice-feed"));
    }

    /** The file that is locked while the input is fed; empty for standard input. */
    Optional<Path> lockFile() {
        return isStandardInput() ? Optional.empty() : Optional.of(beside(".sluice-feed.lock"));
    }

    /** The default file for bad lines. */
    Path badLines() {
        return isStandardInput() ? Path.of("standard-input.rejected.ndjson") : beside(".rejected.ndjson");
    }

    private Path beside(String suffix) {
        return file().resolveSibling(file().getFileName() + suffix);
    }

    /** The size of the input as stored, before decompression, if it is known. */
    OptionalLong size() throws IOException {
        return isStandardInput() ? OptionalLong.empty() : OptionalLong.of(Files.size(file()));
    }

    /** How long a line waits for others to be sent with it: in a file they are there already. */
    Duration patience() {
        return isStandardInput() ? PATIENCE_WITH_A_PIPE : Duration.ofDays(1);
    }

    /** How many bytes of the input have been read, as stored. */
    long read() {
        return read.get();
    }

    Sessions open() throws IOException {
        InputStream raw = isStandardInput() ? standardInput : Files.newInputStream(file());
        BufferedInputStream plain = new BufferedInputStream(
                expanded(new BufferedInputStream(new Counted(raw, read), BUFFER_BYTES)), BUFFER_BYTES);
        return firstByte(plain) == '[' ? new JsonArrayElements(plain) : new NdjsonLines(plain);
    }

    private static InputStream expanded(BufferedInputStream raw) throws IOException {
        raw.mark(Integer.BYTES);
        int magic = ByteBuffer.wrap(Arrays.copyOf(raw.readNBytes(Integer.BYTES), Integer.BYTES))
                .getInt();
        raw.reset();
        if (magic >>> 16 == GZIP) {
            return new GzipStream(raw);
        }
        if (magic == ZSTD) {
            return new ZstdInputStreamNoFinalizer(raw).setLongMax(LARGEST_WINDOW_LOG);
        }
        return raw;
    }

    private static int firstByte(BufferedInputStream plain) throws IOException {
        plain.mark(BUFFER_BYTES);
        int next = plain.read();
        for (int i = 1; i < BUFFER_BYTES && (next == ' ' || next == '\t' || next == '\n' || next == '\r'); i++) {
            next = plain.read();
        }
        plain.reset();
        return next;
    }

    /** Counts what is read in blocks, as a buffer reads. */
    private static final class Counted extends FilterInputStream {

        private final AtomicLong count;

        private Counted(InputStream in, AtomicLong count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int size = in.read(bytes, offset, length);
            count.addAndGet(Math.max(0, size));
            return size;
        }
    }
}
