package dev.sluice.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.sluice.contract.access.User;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.http.share.Shares;
import dev.sluice.ingest.feed.FeedOptions.Encoding;
import dev.sluice.ingest.publish.Acknowledgement;
import dev.sluice.ingest.publish.Publication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Reads any bytes as a feed, plain and as compressed data: every line is settled in order, a line is accepted only if it would be as a single
 * submission, and the feed ends as the contract says, whatever the size of the pieces and the compression.
 */
public final class FeedFuzz {

    private static final int LONGEST_LINE = 1000;
    private static final int ROOM = 8 * 1024;
    private static final SubmissionValidator VALIDATOR = new SubmissionValidator();

    private FeedFuzz() {}

    private record Result(List<String> lines, FeedEnd end) {}

    public static void fuzzerTestOneInput(byte[] input) {
        Result plain = read(input, Encoding.IDENTITY, input.length + 1);
        assertThat(plain.end()).isEqualTo(new FeedEnd.Complete());
        assertThat(read(input, Encoding.IDENTITY, 1)).isEqualTo(plain);
        assertThat(read(gzip(input), Encoding.GZIP, 7)).isEqualTo(plain);
        assertThat(read(Zstd.compress(input), Encoding.ZSTD, 7)).isEqualTo(plain);
        for (Encoding encoding : List.of(Encoding.GZIP, Encoding.ZSTD)) {
            Result expanded = read(input, encoding, 100);
            assertThat(expanded.end())
                    .isInstanceOfAny(
                            FeedEnd.Complete.class,
                            FeedEnd.Malformed.class,
                            FeedEnd.Damaged.class,
                            FeedEnd.TooMuch.class);
            assertGoesAsFar(read(input, encoding, 1), expanded);
        }
    }

    // In corrupt compressed data, how much is decompressed before the error shows depends on the pieces.
    private static void assertGoesAsFar(Result one, Result other) {
        if (other.end() instanceof FeedEnd.Complete) {
            assertThat(one).isEqualTo(other);
        } else {
            int both = Math.min(one.lines().size(), other.lines().size());
            assertThat(one.lines().subList(0, both)).isEqualTo(other.lines().subList(0, both));
            assertThat(one.end()).hasSameClassAs(other.end());
        }
    }

    private static Result read(byte[] input, Encoding encoding, int piece) {
        Shares room = new Shares(ROOM);
        Window window = new Window(room, ROOM, "token");
        List<byte[]> taken = new ArrayList<>();
        try (Expansion expansion = Expansion.of(inPieces(input, piece), encoding, 200)) {
            FeedOptions options = new FeedOptions(Optional.empty(), Optional.empty(), 1, true, encoding);
            LineMemory memory = new LineMemory(new NoRequest(LONGEST_LINE));
            FeedLines lines = new FeedLines(expansion, LONGEST_LINE, memory, window::handOver);
            FeedLog log = new FeedLog(1, "none", new User(1, "a@example.com", "A", "B"), options, submission -> {
                taken.add(submission.body());
                return Acknowledgement.of(new Publication.LoggedSomewhere());
            });
            Pace pace = new Pace(new NoRequest(LONGEST_LINE), window, _ -> {});
            new FeedReader(options, lines, log, window, pace, VALIDATOR).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        taken.forEach(FeedFuzz::assertWouldBeTakenAlone);
        Result result = settled(window);
        assertThat(room.taken()).isZero();
        return result;
    }

    private static void assertWouldBeTakenAlone(byte[] body) {
        assertThat(VALIDATOR.validateSession(body, 1, new DocumentSize())).isInstanceOf(Validation.Valid.class);
    }

    private static Result settled(Window window) {
        List<String> lines = new ArrayList<>();
        FeedEnd end = null;
        for (Window.Block block = window.poll(); block != null; block = window.poll()) {
            window.giveBack(block);
            for (FeedEntry entry : block.entries()) {
                assertThat(end).isNull();
                switch (entry) {
                    case FeedEntry.Begun begun -> lines.add(begun.line() + " taken");
                    case FeedEntry.Bad bad -> lines.add(bad.line() + " " + new String(bad.errors(), UTF_8));
                    case FeedEntry.Ended ended -> {
                        assertThat(ended.line()).isGreaterThanOrEqualTo(lines.size());
                        end = ended.end();
                    }
                }
            }
        }
        return new Result(lines, Objects.requireNonNull(end, "the feed has no end"));
    }

    private static ByteArrayInputStream inPieces(byte[] bytes, int size) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(size, length));
            }
        };
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
