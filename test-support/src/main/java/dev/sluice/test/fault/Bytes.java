package dev.sluice.test.fault;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Any protocol, as raw bytes without messages. */
final class Bytes implements Protocol {

    private static final int AT_ONCE = 16 * 1024;
    private static final int NONE = -1;

    @Override
    public byte @Nullable [] read(InputStream stream) throws IOException {
        byte[] bytes = new byte[AT_ONCE];
        int count = stream.read(bytes);
        return count < 0 ? null : Arrays.copyOf(bytes, count);
    }

    @Override
    public @Nullable Message request(byte[] bytes) {
        return null;
    }

    @Override
    public int answered(byte[] bytes) {
        return NONE;
    }

    @Override
    public byte[] forClient(Message request, byte[] answer) {
        return answer;
    }
}
