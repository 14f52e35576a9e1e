package dev.sluice.contract.topic;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The key of submissions and outcomes: the project's id as decimal text, so that a project's records are in one partition, in order. */
public final class ProjectKey {

    private static final int MAX_DIGITS = 19;

    private ProjectKey() {}

    /** The key of a project. */
    public static byte[] of(long project) {
        return Long.toString(project).getBytes(StandardCharsets.US_ASCII);
    }

    /** The one partition that a project's records are in: where Kafka's own producers put a record with the project's key. */
    public static int partition(long project, int partitions) {
        return Utils.toPositive(Utils.murmur2(of(project))) % partitions;
    }

    /** The project that a record's key or a path names: a positive 64-bit number without a leading zero; else nothing. */
    public static OptionalLong parse(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_DIGITS || text.charAt(0) == '0') {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            value = value * 10 + (c - '0');
        }
        // Nineteen digits overflow at most once, into the negative.
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** See {@link #parse(String)}. */
    public static OptionalLong parse(byte @Nullable [] key) {
        return key == null || key.length > MAX_DIGITS
                ? OptionalLong.empty()
                : parse(new String(key, StandardCharsets.ISO_8859_1));
    }
}
