package dev.sluice.standalone.feed;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.DurableFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a file has been fed. Kept in a file beside it.
 *
 * @param target the address and project that it is fed to
 * @param fingerprint detects whether the file has changed
 * @param badLines the file that the user chose for bad lines; null for the default
 * @param complete whether the whole file has been fed
 */
record FeedState(
        String target,
        String key,
        String fingerprint,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String badLines,
        @JsonUnwrapped Reached reached,
        boolean complete) {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int FINGERPRINTED_BYTES = 64 * 1024;

    /**
     * What is settled so far.
     *
     * @param line the last line that is durable or bad
     * @param accepted the number of durable lines
     * @param rejected the number of bad lines
     * @param rejectedBytes the size of the file of bad lines at that point; without meaning if it is shared
     * @param errorsBytes the size of the file of their errors at that point, likewise
     */
    record Reached(long line, long accepted, long rejected, long rejectedBytes, long errorsBytes) {

        Reached plus(SegmentAnswer answer, RejectedLines files) {
            return new Reached(
                    answer.durableThrough(),
                    accepted + answer.accepted(),
                    rejected + answer.rejected(),
                    files.rejectedBytes(),
                    files.errorsBytes());
        }
    }

    FeedState withTarget(String otherTarget) {
        return new FeedState(otherTarget, key, fingerprint, badLines, reached, complete);
    }

    FeedState after(SegmentAnswer answer, RejectedLines files) {
        return new FeedState(target, key, fingerprint, badLines, reached.plus(answer, files), false);
    }

    FeedState completed() {
        return new FeedState(target, key, fingerprint, badLines, reached, true);
    }

    long line() {
        return reached.line();
    }

    static Optional<FeedState> read(Path file) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), FeedState.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new CommandFailure(file + " cannot be read (" + e.getOriginalMessage()
                    + "): --restart begins anew, under another key");
        }
    }

    /** Writes the file atomically, so that a crash or power failure leaves either the old state or the new one. */
    void write(Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.write(temporary, JSON.writeValueAsBytes(this), CREATE, TRUNCATE_EXISTING, WRITE, DSYNC);
        DurableFolder.move(temporary, file);
    }

    /** The file's size, modification time and a digest of its beginning. */
    static String fingerprint(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(FINGERPRINTED_BYTES));
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis() + " "
                    + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
