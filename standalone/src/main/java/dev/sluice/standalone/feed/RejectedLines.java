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
    private final boolean replaces;
    private final List<byte[]> addedLines = new ArrayList<>();
    private final List<byte[]> addedErrors = new ArrayList<>();
    private long rejectedBytes;
    private long errorsBytes;
    private boolean isWritten;

    private RejectedLines(Path rejected, long rejectedBytes, long errorsBytes, boolean isShared, boolean replaces) {
        this.rejected = rejected;
        this.errors = errors(rejected);
        this.rejectedBytes = rejectedBytes;
        this.errorsBytes = errorsBytes;
        this.isShared = isShared;
        this.replaces = replaces;
    }

    /**
     * Continues in the files of the feed alone, after the sizes in {@code reached}: anything beyond was written after the last saved state and will be
     * written again. If that is nothing, what is there is replaced at the first bad line, or deleted at the end.
     */
    static RejectedLines goingOn(Path rejected, FeedState.Reached reached) throws IOException {
        return new RejectedLines(
                rejected,
                Math.min(reached.rejectedBytes(), size(rejected)),
                Math.min(reached.errorsBytes(), size(errors(rejected))),
                false,
                reached.rejectedBytes() == 0);
    }

    /** Appends to the files, whoever else writes to them, and takes nothing away. */
    static RejectedLines appending(Path rejected) throws IOException {
        return new RejectedLines(rejected, size(rejected), size(errors(rejected)), true, false);
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
        try (FileChannel lines = FileChannel.open(rejected, CREATE, READ, WRITE);
                FileChannel reasons = FileChannel.open(errors, CREATE, READ, WRITE);
                FileLock lock = ExclusiveLock.on(lines, LOCKED_WITHIN)) {
            if (lock == null) {
                throw new IOException(rejected + " is locked by another process");
            }
            append(lines, reasons);
        }
        DurableFolder.flush(rejected);
        addedLines.clear();
        addedErrors.clear();
        isWritten = true;
    }

    /** Everything has been fed: deletes what was to be replaced, if there was no bad line. */
    void complete() throws IOException {
        if (replaces && !isWritten) {
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

    private static Path errors(Path rejected) {
        String name = String.valueOf(rejected.getFileName());
        return rejected.resolveSibling(name.replaceFirst("\\.ndjson$", "") + ".errors.ndjson");
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void append(FileChannel lines, FileChannel reasons) throws IOException {
        long linesBefore = isShared ? lines.size() : rejectedBytes;
        long reasonsBefore = isShared ? reasons.size() : errorsBytes;
        try {
            rejectedBytes = append(lines, linesBefore, addedLines);
            errorsBytes = append(reasons, reasonsBefore, addedErrors);
        } catch (IOException e) {
            // They will be written again, which must not leave a part of them there as well.
            lines.truncate(linesBefore);
            reasons.truncate(reasonsBefore);
            throw e;
        }
    }

    private static long append(FileChannel channel, long length, List<byte[]> texts) throws IOException {
        channel.truncate(length).position(length);
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
