package dev.sluice.ingest.feed;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.sluice.ingest.feed.FeedOptions.Encoding;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.zip.ZipException;

/**
 * A feed's bytes, decompressed if they are compressed. Limits the ratio of decompression, so that a small body cannot expand to an enormous feed.
 * Every error in compressed data is a {@link ZipException}, whatever the format.
 */
final class Expansion extends FilterInputStream {

    // Shorter feeds may compress to any ratio.
    private static final long FREE_BYTES = 64L * 1024 * 1024;
    // 8 MiB: every decoder must support it, and it bounds the memory of a feed.
    private static final int ZSTD_LARGEST_WINDOW_LOG = 23;

    private final Counted sent;
    private final int maxExpansion;
    private long expanded;

    private Expansion(InputStream in, Counted sent, int maxExpansion) {
        super(in);
        this.sent = sent;
        this.maxExpansion = maxExpansion;
    }

    static Expansion of(InputStream raw, Encoding encoding, int maxExpansion) throws IOException {
        Counted sent = new Counted(raw);
        return switch (encoding) {
            case IDENTITY -> new Expansion(sent, sent, maxExpansion);
            case GZIP -> new Expansion(new GzipStream(sent), sent, maxExpansion);
            case ZSTD ->
                new Expansion(
                        new ZstdInputStreamNoFinalizer(sent)
                                .setLongMax(ZSTD_LARGEST_WINDOW_LOG)
                                .setContinuous(false),
                        sent,
                        maxExpansion);
        };
    }

    /** Compressed data were changed on their way or on a disk, which shows only after part of what they expand to was used. */
    static final class DamagedException extends ZipException {

        DamagedException(String message) {
            super(message);
        }
    }

    static final class TooMuchException extends IOException {

        private TooMuchException(int maxExpansion) {
            super("The feed expands to more than " + maxExpansion + " times its length.");
        }
    }

    /** An error of the connection rather than of the decoder. */
    private static final class BrokenException extends IOException {
        private final IOException reason;

        private BrokenException(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int read = in.read(bytes, offset, length);
                count += Math.max(0, read);
                return read;
            } catch (IOException e) {
                throw new BrokenException(e);
            }
        }
    }

    long sentBytes() {
        return sent.count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (BrokenException e) {
            throw e.reason;
        } catch (ZipException | ProtocolException e) {
            throw e;
        } catch (IOException e) {
            String what = "compressed data is corrupt: " + e.getMessage();
            throw isDamage(e) ? new DamagedException(what) : new ZipException(what);
        }
        expanded += Math.max(0, read);
        // Never true of a feed that is sent as it is.
        if (expanded > FREE_BYTES && expanded / maxExpansion > sent.count) {
            throw new TooMuchException(maxExpansion);
        }
        return read;
    }

    // Otherwise the data ended too early or are not of this format, and all before is as it was sent.
    private static boolean isDamage(IOException e) {
        return e instanceof ZstdIOException zstd
                && (zstd.getErrorCode() == Zstd.errChecksumWrong()
                        || (zstd.getErrorCode() == Zstd.errCorruptionDetected()
                                && !"Truncated source".equals(zstd.getMessage())));
    }
}
