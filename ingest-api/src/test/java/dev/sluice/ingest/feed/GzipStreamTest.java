package dev.sluice.ingest.feed;

import static dev.sluice.ingest.feed.GzipMembers.concat;
import static dev.sluice.ingest.feed.GzipMembers.gzip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipStreamTest {

    private static final byte[] PLAIN = plain();

    @Test
    void expandsMembersOneAfterTheOtherHoweverTheyArrive() throws Exception {
        byte[] members = concat(concat(gzip(PLAIN), gzip(new byte[0])), gzip(PLAIN));

        for (int size : new int[] {1, 7, 1000, members.length}) {
            assertThat(new GzipStream(inPieces(members, size)).readAllBytes()).isEqualTo(concat(PLAIN, PLAIN));
        }
    }

    @Test
    void doesNotTakeATruncatedStreamForAWholeOneWhereverItWasCut() throws Exception {
        byte[] whole = gzip(PLAIN);

        for (int length = 1; length < whole.length; length += 1 + length / 20) {
            GzipStream cut = new GzipStream(new ByteArrayInputStream(whole, 0, length));
            assertThatExceptionOfType(ZipException.class).isThrownBy(cut::readAllBytes);
        }
    }

    @Test
    void doesNotDropWhatFollowsAMember() throws Exception {
        for (byte[] more : new byte[][] {{1}, {0, 0, 1}}) {
            for (int size : new int[] {1, 100_000}) {
                GzipStream followed = new GzipStream(inPieces(concat(gzip(PLAIN), more), size));
                assertThatExceptionOfType(ZipException.class).isThrownBy(followed::readAllBytes);
            }
        }
    }

    /** As with gzip itself, which adds the file's name. */
    @Test
    void skipsWhateverElseAHeadMayHave() throws Exception {
        byte[] whole = gzip(PLAIN);
        byte[] head = Arrays.copyOf(whole, 10);
        byte[] rest = Arrays.copyOfRange(whole, 10, whole.length);
        byte[] extra = new byte[2 + 0x102];
        extra[0] = 2;
        extra[1] = 1;
        byte[] name = "feed.ndjson\0".getBytes(UTF_8);
        byte[] comment = "nightly\0".getBytes(UTF_8);
        byte[] headChecksum = {1, 2};

        for (int flags = 0; flags < 32; flags++) {
            head[3] = (byte) flags;
            byte[] more = head;
            more = (flags & 4) == 0 ? more : concat(more, extra);
            more = (flags & 8) == 0 ? more : concat(more, name);
            more = (flags & 16) == 0 ? more : concat(more, comment);
            more = (flags & 2) == 0 ? more : concat(more, headChecksum);

            assertThat(new GzipStream(inPieces(concat(more, rest), 7)).readAllBytes())
                    .isEqualTo(PLAIN);
        }
    }

    @Test
    void refusesAHeadOfAnotherForm() throws Exception {
        for (int at = 0; at < 4; at++) {
            byte[] whole = gzip(PLAIN);
            whole[at] ^= 0x20;
            GzipStream stream = new GzipStream(new ByteArrayInputStream(whole));

            assertThatExceptionOfType(ZipException.class)
                    .isThrownBy(stream::readAllBytes)
                    .withMessageContaining("not gzip data");
        }
    }

    @Test
    void skipsTheZerosThatPadAFileToWholeBlocks() throws Exception {
        byte[] padded = concat(gzip(PLAIN), new byte[20_000]);

        for (int size : new int[] {1, 1000, padded.length}) {
            assertThat(new GzipStream(inPieces(padded, size)).readAllBytes()).isEqualTo(PLAIN);
        }
        GzipStream zeros = new GzipStream(new ByteArrayInputStream(new byte[10]));
        assertThatExceptionOfType(ZipException.class).isThrownBy(zeros::readAllBytes);
    }

    @Test
    void noticesAWrongChecksumOrLength() throws Exception {
        for (int fromEnd = 1; fromEnd <= 8; fromEnd++) {
            byte[] whole = gzip(PLAIN);
            whole[whole.length - fromEnd] ^= 1;

            assertThatExceptionOfType(Expansion.DamagedException.class)
                    .isThrownBy(() -> new GzipStream(new ByteArrayInputStream(whole)).readAllBytes());
        }
    }

    @Test
    void givesWhatItHasDecodedThoughABufferAsksItForMore() throws Exception {
        byte[] line = "a line\n".getBytes(UTF_8);
        byte[] whole = gzip(line);
        byte[] andNextHead = concat(whole, Arrays.copyOf(whole, 10));
        InputStream buffered = new BufferedInputStream(new GzipStream(inPieces(andNextHead, whole.length)));

        byte[] given = new byte[100];
        int length = buffered.read(given);

        assertThat(Arrays.copyOf(given, length)).isEqualTo(line);
    }

    @Test
    void givesWhatItHasDecodedBeforeItWaitsForTheEndOfAMember() throws Exception {
        byte[] line = "a line\n".getBytes(UTF_8);
        byte[] whole = gzip(line);
        int trailer = 8;
        InputStream unreadable = InputStream.nullInputStream();
        unreadable.close();
        GzipStream stream = new GzipStream(
                new SequenceInputStream(new ByteArrayInputStream(whole, 0, whole.length - trailer), unreadable));

        byte[] given = new byte[100];
        int length = stream.read(given);

        assertThat(Arrays.copyOf(given, length)).isEqualTo(line);
    }

    /** A line longer than the reader's buffer, of which the decoder still has a part when it has used up what was sent. */
    @Test
    void givesAllThatWasSentBeforeItReadsOn() throws Exception {
        for (int length = 65_536; length < 65_800; length++) {
            GzipStream stream =
                    new GzipStream(inPieces(partlyFlushed("x".repeat(length).getBytes(UTF_8)), 20_000));
            byte[] buffer = new byte[65_536];

            int given = 0;
            while (given < length) {
                given += stream.read(buffer);
            }

            assertThat(given).isEqualTo(length);
        }
    }

    /** What ends at a byte's end, as with zlib's partial flush, but without the marker that Java's flush adds. */
    private static byte[] partlyFlushed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream gzip = new GZIPOutputStream(bytes, 512, true);
        gzip.write(plain);
        gzip.flush();
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 4);
    }

    private static InputStream inPieces(byte[] bytes, int size) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(size, length));
            }
        };
    }

    private static byte[] plain() {
        byte[] bytes = new byte[50_000];
        new Random(1).nextBytes(bytes);
        Arrays.fill(bytes, 10_000, 30_000, (byte) 'x');
        return bytes;
    }
}
