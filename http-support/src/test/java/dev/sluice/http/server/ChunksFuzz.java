package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.DataReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Feeds arbitrary bytes as a chunked body: it is read, or rejected as malformed, too long or cut off, with the same
 * result however it is split; and what is read ends where a body may end.
 */
public final class ChunksFuzz {

    private static final int MOST = 1000;
    private static final int[] PIECES = {1, 3, 4096};

    private ChunksFuzz() {}

    private record Result(String body, String end, int left) {}

    public static void fuzzerTestOneInput(byte[] input) {
        Result first = read(input, PIECES[0]);
        for (int piece : PIECES) {
            assertThat(read(input, piece)).isEqualTo(first);
        }
        assertThat(first.body().length()).isLessThanOrEqualTo(MOST);
        if (first.end().equals("end")) {
            String read = new String(input, 0, input.length - first.left(), StandardCharsets.ISO_8859_1);
            assertThat(read).endsWith("\r\n\r\n");
        }
    }

    private static Result read(byte[] input, int piece) {
        int[] position = {0};
        DataReader reader = DataReader.create(() -> next(input, piece, position));
        StreamedBody body = new StreamedBody(reader, new NoAnswer(), OptionalLong.empty(), MOST, false);
        StringBuilder text = new StringBuilder();
        String end = "end";
        try {
            for (int next = body.read(); next >= 0; next = body.read()) {
                text.append((char) next);
            }
            assertThat(body.isAtItsEnd()).isTrue();
        } catch (ProtocolException e) {
            end = "malformed";
        } catch (StreamedBody.TooLongException e) {
            end = "too long";
        } catch (EOFException e) {
            end = "cut off";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        int left = end.equals("end") ? input.length - position[0] + reader.available() : 0;
        return new Result(text.toString(), end, left);
    }

    private static byte @Nullable [] next(byte[] input, int piece, int[] position) {
        int from = position[0];
        if (from == input.length) {
            return null;
        }
        position[0] = Math.min(input.length, from + piece);
        return Arrays.copyOfRange(input, from, position[0]);
    }
}
