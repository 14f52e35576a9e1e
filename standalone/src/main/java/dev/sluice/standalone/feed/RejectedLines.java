package dev.sluice.standalone.feed;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.sluice.standalone.command.DurableFolder;
import dev.sluice.standalone.command.ExclusiveLock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two files, created on demand: the bad lines unchanged, to be fixed and fed again, and the errors of each. What is added is in memory until
 * {@link #flush}, so that the files have only what belongs to the state that is saved next.
 */
final class RejectedLines {

    private static final Duration LOCKED_WITHIN = Duration.ofSeconds(30);

    private final Path rejected;
    private final Path errors;
    private final boolean isShared;
    private final List<byte[]> addedLines = new ArrayList<>();
    private final List<byte[]> addedErrors = new ArrayList<>();
    private long rejectedBytes;
    private long errorsBytes;

    private RejectedLines(Path rejected, long rejectedBytes, long errorsBytes, boolean isShared) {
        this.rejected = rejected;
        this.errors = errors(rejected);
        this.rejectedBytes = rejectedBytes;
        this.errorsBytes = errorsBytes;
        this.isShared = isShared;
    }

    /** The files of one feed alone. Until {@link #finish} they have other names, under which nobody else changes them. */
    static RejectedLines ofOneFeed(Path rejected, FeedState.Reached reached) {
        return new RejectedLines(rejected, reached.rejectedBytes(), reached.errorsBytes(), false);
    }

    /** Appends to the files, whoever else writes to them, and takes nothing away. */
    static RejectedLines shared(Path rejected) {
        return new RejectedLines(rejected, 0, 0, true);
    }

    /**
     * Call once the state of the run is saved. Discards what a run that was killed has written after its last saved state, and puts aside what an
     * earlier feed has left, whether it was completed or not: its lines may be good by now.
     */
    void begin() throws IOException {
        if (isShared) {
            return;
        }
        keepOnly(written(rejected), rejectedBytes);
        keepOnly(written(errors), errorsBytes);
        moveIfThere(rejected, beside(rejected, ".old"));
        moveIfThere(errors, beside(errors, ".old"));
    }

    /** Call once it is saved that everything has been fed; calling it again is harmless. */
    void finish() throws IOException {
        if (!isShared) {
            putInPlace(rejected);
            putInPlace(errors);
        }
    }

    void add(long line, byte[] text, String json) {
        addedLines.add(text);
        addedErrors.add(("{\"line\":" + line + ",\"errors\":" + json + "}").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns once everything that was added is on disk. */
    void flush() throws IOException {
        if (addedLines.isEmpty()) {
            return;
        }
        try (FileChannel lines = FileChannel.open(written(), CREATE, READ, WRITE);
                FileChannel reasons = FileChannel.open(written(errors), CREATE, READ, WRITE);
                FileLock lock = ExclusiveLock.on(lines, LOCKED_WITHIN)) {
            if (lock == null) {
                throw new IOException(rejected + " is locked by another process");
            }
            append(lines, reasons);
        }
        DurableFolder.flush(rejected);
        addedLines.clear();
        addedErrors.clear();
    }

    Path rejected() {
        return rejected;
    }

    Path errors() {
        return errors;
    }

    /** Where the bad lines are until {@link #finish}. */
    Path written() {
        return written(rejected);
    }

    long rejectedBytes() {
        return rejectedBytes;
    }

    long errorsBytes() {
        return errorsBytes;
    }

    private static Path errors(Path rejected) {
        String name = String.valueOf(rejected.getFileName());
        return rejected.resolveSibling(name.replaceFirst("\\.ndjson$", "") + ".errors.ndjson");
    }

    private Path written(Path file) {
        return isShared ? file : beside(file, ".part");
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private void putInPlace(Path file) throws IOException {
        if (Files.exists(written(file))) {
            moveIfThere(file, beside(file, ".old"));
            DurableFolder.move(written(file), file);
        }
    }

    private static void keepOnly(Path file, long bytes) throws IOException {
        if (bytes == 0) {
            putAside(file, beside(file, ".old"));
        } else if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, WRITE)) {
                channel.truncate(bytes);
            }
        }
    }

    /** Adds to what has been put aside before: if only the lines after a feed's bad ones were fed since, these are nowhere else. */
    private static void putAside(Path file, Path aside) throws IOException {
        if (!Files.exists(file) || !Files.exists(aside)) {
            moveIfThere(file, aside);
            return;
        }
        try (FileChannel from = FileChannel.open(file, READ);
                FileChannel to = FileChannel.open(aside, WRITE)) {
            to.position(to.size());
            for (long at = 0; at < from.size(); ) {
                at += from.transferTo(at, from.size() - at, to);
            }
            to.force(true);
        }
        Files.delete(file);
    }

    private static void moveIfThere(Path file, Path place) throws IOException {
        if (Files.exists(file)) {
            DurableFolder.move(file, place);
        }
    }

    private void append(FileChannel lines, FileChannel reasons) throws IOException {
        long linesBefore = lines.size();
        long reasonsBefore = reasons.size();
        try {
            rejectedBytes = append(lines, addedLines);
            errorsBytes = append(reasons, addedErrors);
        } catch (IOException e) {
            // They will be written again, which must not leave a part of them there as well.
            lines.truncate(linesBefore);
            reasons.truncate(reasonsBefore);
            throw e;
        }
    }

    private static long append(FileChannel channel, List<byte[]> texts) throws IOException {
        long length = channel.size();
        channel.position(length);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
        if (endsWithinALine(channel, length)) {
            out.write('\n');
        }
        for (byte[] text : texts) {
            out.write(text);
            out.write('\n');
        }
        out.flush();
        channel.force(true);
        return channel.position();
    }

    private static boolean endsWithinALine(FileChannel channel, long length) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return length > 0 && channel.read(last, length - 1) == 1 && last.get(0) != '\n';
    }
}
