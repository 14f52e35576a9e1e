package dev.sluice.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ingest.feed.FeedLines.Line;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedLinesTest {

    private static final int LONGEST_LINE = 1024 * 1024;

    private final List<Duration> atReads = new ArrayList<>();
    private final List<Duration> atMemory = new ArrayList<>();
    private @Nullable FeedLines lines;

    @Test
    void doesNotTakeItsOwnWaitForMemoryForTheClients() throws Exception {
        byte[] feed = "x".repeat(300_000).getBytes(UTF_8);
        InputStream client = new ByteArrayInputStream(feed) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                atReads.add(stalled());
                return super.read(buffer, offset, length);
            }
        };
        LineMemory memory = new LineMemory(new NoRequest(LONGEST_LINE, () -> atMemory.add(stalled())));
        lines = new FeedLines(client, LONGEST_LINE, memory, () -> {});

        Line line = lines.next();

        assertThat(line)
                .isInstanceOfSatisfying(
                        Line.Text.class, text -> assertThat(text.bytes()).isEqualTo(feed));
        assertThat(atReads).hasSizeGreaterThan(2).allMatch(Duration::isPositive);
        assertThat(atMemory).containsExactly(Duration.ZERO);
        assertThat(stalled()).isZero();
    }

    @Test
    void takesALineOfTheLongestLengthHoweverItEndsAndNoneThatIsLonger() throws Exception {
        byte[] feed = "0123\r\n0123\n01234\r\n01234\n0123".getBytes(UTF_8);
        FeedLines four =
                new FeedLines(new ByteArrayInputStream(feed), 4, new LineMemory(new NoRequest(LONGEST_LINE)), () -> {});

        assertIsText(four.next());
        assertIsText(four.next());
        assertThat(four.next()).isInstanceOf(Line.TooLong.class);
        assertThat(four.next()).isEqualTo(new Line.TooLong(5));
        assertIsText(four.next());
        assertThat(four.next()).isEqualTo(new Line.End());
    }

    private static void assertIsText(Line line) {
        assertThat(line)
                .isInstanceOfSatisfying(
                        Line.Text.class,
                        text -> assertThat(text.bytes()).asString(UTF_8).isEqualTo("0123"));
    }

    private Duration stalled() {
        return lines == null ? Duration.ZERO : lines.stalled();
    }
}
