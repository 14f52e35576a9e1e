package dev.sluice.contract.topic;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The record key of submissions and outcomes: the project's id as decimal text, which keeps a project's records in order in one partition. */
public final class ProjectKey {

    private static final int MAX_DIGITS = 19;

    private ProjectKey() {}

    public static byte[] of(long project) {
        return Long.toString(project).getBytes(StandardCharsets.US_ASCII);
    }

    /** The partition of a project's records, which is the one Kafka's own producers choose for its key. */
    public static int partition(long project, int partitions) {
        return partition(of(project), partitions);
    }

    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** Parses the project in a record's key or a path: a positive 64-bit number without a leading zero; else empty. */
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
        // Nineteen digits overflow at most once, and then the value is negative.
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    public static OptionalLong parse(byte @Nullable [] key) {
        return parse(key == null ? null : new String(key, StandardCharsets.ISO_8859_1));
    }
}
