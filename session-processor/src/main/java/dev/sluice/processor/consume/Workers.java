package dev.sluice.processor.consume;

import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.OutdatedGenerationException;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.service.failure.FatalErrors;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that process the lanes' records. If a turn fails, its records are read and processed again until they succeed. */
final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration STOP_TIMEOUT = Duration.ofMillis(500);

    private final Lanes lanes;
    private final LiveProcessing processing;
    private final List<Thread> threads;
    // In words, until the partition gets on.
    private final Map<TopicPartition, String> latestFaults = new ConcurrentHashMap<>();

    Workers(int count, Lanes lanes, LiveProcessing processing) {
        this.lanes = lanes;
        this.processing = processing;
        this.threads = IntStream.range(0, count)
                .mapToObj(number -> Thread.ofPlatform()
                        .daemon()
                        .name("processing-" + number)
                        .start(this::run))
                .toList();
    }

    boolean areAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    /** Waits up to half a second for the current turns to end. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
            for (Thread thread : threads) {
                thread.join(Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                work(lanes.take(processing::recordsAtATime));
            }
        } catch (InterruptedException _) {
            // Closing.
        }
    }

    private void work(Turn turn) {
        try {
            Map<Integer, Long> leftOut = processing.process(turn);
            // Before another worker can take the lanes' next turn.
            latestFaults.keySet().removeAll(turn.partitions());
            lanes.done(turn, leftOut);
        } catch (OutdatedGenerationException _) {
            lanes.outdated(turn);
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            // Before the lane can open again, which reads what is noted.
            Throwable failure = processing.failed(turn, e);
            lanes.failed(turn, failure);
            log(turn, failure);
        }
    }

    /** Logs a new fault of our own in full and a repeated one, every few seconds, in short. */
    private void log(Turn turn, Throwable failure) {
        Trouble trouble = Trouble.of(failure);
        switch (trouble.kind()) {
            case REFUSAL ->
                LOG.error(
                        "Cannot go on: {}",
                        failure instanceof UnreadableDocumentException newer
                                ? newer.inFull() + "; see docs/operations.md"
                                : trouble.text());
            case PASSING ->
                LOG.warn("A batch of {} failed and will be retried: {}", turn.partitions(), failure.toString());
            case FAULT ->
                logFault(
                        failure instanceof UnprocessableRecordException fault
                                ? "Processing of {} stands still at a fault of our own (" + fault.wayOut() + ")"
                                : "A batch of {} failed and will be retried",
                        turn,
                        failure);
        }
    }

    private void logFault(String what, Turn turn, Throwable fault) {
        String text = fault.toString();
        boolean isNew = false;
        for (TopicPartition partition : turn.partitions()) {
            isNew |= !text.equals(latestFaults.put(partition, text));
        }
        if (isNew) {
            LOG.error(what, turn.partitions(), fault);
        } else {
            LOG.error(what + " again: {}", turn.partitions(), text);
        }
    }
}
