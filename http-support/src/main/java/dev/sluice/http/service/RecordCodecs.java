package dev.sluice.http.service;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
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
     * @throws UncheckedIOException if one cannot be loaded, with a message for people
     */
    public static void load() {
        for (CompressionType codec : NATIVE) {
            try (OutputStream _ = Compression.of(codec)
                    .build()
                    .wrapForOutput(new ByteBufferOutputStream(ROOM), RecordBatch.CURRENT_MAGIC_VALUE)) {
                // It is loaded.
            } catch (KafkaException | IOException e) {
                throw unusable(codec, e);
            }
        }
    }

    private static UncheckedIOException unusable(CompressionType codec, Exception failure) {
        String reason = "records compressed with " + codec
                + " could not be read, because its library cannot be loaded from "
                + System.getProperty("java.io.tmpdir")
                + ": make that folder writable and mount it without noexec, or set another with the JVM option -Djava.io.tmpdir";
        return new UncheckedIOException(reason, new IOException(reason, failure));
    }
}
