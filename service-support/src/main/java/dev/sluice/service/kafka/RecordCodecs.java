package dev.sluice.service.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/** The codecs of Kafka's records that need native libraries, which are unpacked into the folder for temporary files. */
public final class RecordCodecs {

    private static final List<CompressionType> NATIVE = List.of(CompressionType.SNAPPY, CompressionType.ZSTD);
    private static final int ROOM = 64;

    private RecordCodecs() {}

    /**
     * Loads them: without one of them, the first record that is compressed with it would stop its partition.
     *
     * @throws UncheckedIOException if any cannot be loaded, with a message for people
     */
    public static void load() {
        Map<CompressionType, Exception> failures = new EnumMap<>(CompressionType.class);
        for (CompressionType codec : NATIVE) {
            try (OutputStream _ = Compression.of(codec)
                    .build()
                    .wrapForOutput(new ByteBufferOutputStream(ROOM), RecordBatch.CURRENT_MAGIC_VALUE)) {
                // It is loaded.
            } catch (KafkaException | IOException e) {
                failures.put(codec, e);
            }
        }
        if (!failures.isEmpty()) {
            throw unusable(failures);
        }
    }

    private static UncheckedIOException unusable(Map<CompressionType, Exception> failures) {
        String codecs = failures.keySet().stream().map(codec -> codec.name).collect(Collectors.joining(" or "));
        String reason = "records compressed with " + codecs
                + " could not be read, because the library for it cannot be loaded from "
                + System.getProperty("java.io.tmpdir")
                + ": make that folder writable and mount it without noexec, or set another with the JVM option -Djava.io.tmpdir";
        return new UncheckedIOException(
                reason, new IOException(reason, failures.values().iterator().next()));
    }
}
