package dev.sluice.contract.submission;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The allowed values of a field, looked up by bytes without creating a string. */
final class Choices<T> {

    static final int NONE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final List<T> values;
    private final byte[][] texts;
    private final long[] heads;

    private Choices(List<T> values, Function<T, String> text) {
        this.values = values;
        this.texts = values.stream()
                .map(value -> text.apply(value).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.heads = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            heads[i] = head(texts[i], 0, texts[i].length);
        }
    }

    static Choices<String> of(String... values) {
        return new Choices<>(List.of(values), value -> value);
    }

    static <T> Choices<T> of(List<T> values, Function<T, String> text) {
        return new Choices<>(values, text);
    }

    @Nullable
    T get(int number) {
        return number == NONE ? null : values.get(number);
    }

    int find(StringBytes text) {
        byte[] array = text.array();
        int offset = text.offset();
        int length = text.length();
        long head = head(array, offset, length);
        for (int i = 0; i < heads.length; i++) {
            // The first eight bytes rule out nearly every other choice. Comparing whole texts takes 4 % longer per
            // session.
            if (heads[i] == head && texts[i].length == length && hasRest(array, offset, texts[i])) {
                return i;
            }
        }
        return NONE;
    }

    /** The first eight bytes of a text, padded with zeros. */
    private static long head(byte[] array, int offset, int length) {
        if (offset + Long.BYTES <= array.length) {
            long bytes = (long) LONGS.get(array, offset);
            return length >= Long.BYTES ? bytes : bytes & ((1L << (length * Byte.SIZE)) - 1);
        }
        long bytes = 0;
        for (int i = 0; i < Math.min(length, Long.BYTES); i++) {
            bytes |= (array[offset + i] & 0xFFL) << (i * Byte.SIZE);
        }
        return bytes;
    }

    // Faster for so few bytes than Arrays.equals, whose setup pays off only for many.
    private static boolean hasRest(byte[] array, int offset, byte[] text) {
        for (int i = Long.BYTES; i < text.length; i++) {
            if (text[i] != array[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
