package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.embedded.EmbeddedBroker;
import dev.sluice.embedded.FreePorts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose disk gives other bytes than were written. */
class CorruptLogIT {

    private static final TopicNames TOPICS = TopicNames.DEFAULT;
    private static final int CORRUPT = 0;
    private static final int OTHER = 1;

    @TempDir
    private Path folder;

    @Test
    void keepsOnlyItsPartitionWaitingAndIsReadAgain() throws Exception {
        int port = FreePorts.next();
        EmbeddedBroker sound = EmbeddedBroker.start(folder, port);
        try (ProcessorUnderTest processor = new ProcessorUnderTest(
                FreshConfig.of(Map.of("bootstrap.servers", sound.bootstrapServers()), CorruptLogIT.class, TOPICS, 2))) {
            long corrupt = processor.submit(projectOf(CORRUPT), ProcessorUnderTest.body("corrupt"));
            sound.close();
            flipLastByte();

            try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
                assertThat(broker.bootstrapServers()).isEqualTo(sound.bootstrapServers());
                processor.start().awaitProgress(processor.submit(projectOf(OTHER), ProcessorUnderTest.body("other")));
                await().untilAsserted(() -> assertThat(processor.notReady())
                        .anySatisfy(state ->
                                assertThat(state.detail()).contains("partition 0 cannot be read from the log")));
                processor.awaitProgress(processor.submit(projectOf(OTHER), ProcessorUnderTest.body("another")));
                assertThat(processor.progress(CORRUPT)).isZero();

                flipLastByte();
                processor.awaitProgress(corrupt);
                await().until(() -> processor.notReady().isEmpty());
                processor.stop();
            }
        }
    }

    private void flipLastByte() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(segment().toFile(), "rw")) {
            log.seek(log.length() - 1);
            int last = log.read();
            log.seek(log.length() - 1);
            log.write(~last);
        }
    }

    private Path segment() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            file.endsWith(Path.of(TOPICS.submissions() + "-" + CORRUPT, "0".repeat(20) + ".log")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long projectOf(int partition) {
        return LongStream.rangeClosed(1, 100)
                .filter(project -> ProjectKey.partition(project, 2) == partition)
                .findFirst()
                .orElseThrow();
    }
}
