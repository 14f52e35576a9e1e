package dev.sluice.standalone.feed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Two files, created on demand: the bad lines unchanged, to be fixed and fed again, and the errors of each. */
final class RejectedLines implements Closeable {

    private final Path rejected;
    private final Path errors;
    private final boolean replaces;
    private @Nullable FileChannel rejectedChannel;
    private @Nullable FileChannel errorsChannel;
    private long rejectedBytes;
    private long errorsBytes;
    private boolean isAdded;

    private RejectedLines(Path rejected, Path errors, long rejectedBytes, long errorsBytes, boolean replaces) {
        this.rejected = rejected;
        this.errors = errors;
        this.rejectedBytes = rejectedBytes;
        this.errorsBytes = errorsBytes;
        this.replaces = replaces;
    }

    /** Continues after the sizes in {@code reached}; anything beyond was written after the last saved state and will be written again. */
    static RejectedLines goingOn(Path rejected, FeedState.Reached reached, boolean isDefault) throws IOException {
        Path errors = errors(rejected);
        return new RejectedLines(
                rejected,
                errors,
                Math.min(reached.rejectedBytes(), size(rejected)),
                Math.min(reached.errorsBytes(), size(errors)),
                isDefault && reached.rejectedBytes() == 0);
    }

    /** Appends to the files, whoever wrote them. */
    static RejectedLines appending(Path rejected) throws IOException {
        Path errors = errors(rejected);
        return new RejectedLines(rejected, errors, size(rejected), size(errors), false);
    }

    /** Begins anew: what is there is replaced at the first bad line, or deleted at the end. */
    static RejectedLines replacing(Path rejected) {
        return new RejectedLines(rejected, errors(rejected), 0, 0, true);
    }

    void add(long line, byte[] text, String json) throws IOException {
        if (rejectedChannel == null || errorsChannel == null) {
            rejectedChannel = open(rejected, rejectedBytes);
            errorsChannel = open(errors, errorsBytes);
        }
        isAdded = true;
        rejectedBytes += write(rejectedChannel, text);
        errorsBytes += write(
                errorsChannel, ("{\"line\":" + line + ",\"errors\":" + json + "}").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns once everything that was added is on disk. */
    void flush() throws IOException {
        if (isAdded && rejectedChannel != null && errorsChannel != null) {
            rejectedChannel.force(true);
            errorsChannel.force(true);
            isAdded = false;
        }
    }

    /** Removes what was added after a state, because the lines after it will be fed again. */
    void forgetAfter(FeedState.Reached reached) throws IOException {
        if (rejectedChannel != null && errorsChannel != null) {
            rejectedChannel.truncate(reached.rejectedBytes());
            errorsChannel.truncate(reached.errorsBytes());
        }
    }

    /** Everything has been fed: deletes what was to be replaced, if there was no bad line. */
    void complete() throws IOException {
        if (replaces && rejectedChannel == null) {
            Files.deleteIfExists(rejected);
            Files.deleteIfExists(errors);
        }
    }

    Path rejected() {
        return rejected;
    }

    Path errors() {
        return errors;
    }

    long rejectedBytes() {
        return rejectedBytes;
    }

    long errorsBytes() {
        return errorsBytes;
    }

    @Override
    public void close() throws IOException {
        if (rejectedChannel != null) {
            rejectedChannel.close();
        }
        if (errorsChannel != null) {
            errorsChannel.close();
        }
    }

    private static Path errors(Path rejected) {
        String name = String.valueOf(rejected.getFileName());
        return rejected.resolveSibling(name.replaceFirst("\\.ndjson$", "") + ".errors.ndjson");
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static FileChannel open(Path file, long length) throws IOException {
        if (length == 0) {
            Files.deleteIfExists(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(length);
        return channel;
    }

    private static int write(FileChannel channel, byte[] line) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return length;
    }
}
