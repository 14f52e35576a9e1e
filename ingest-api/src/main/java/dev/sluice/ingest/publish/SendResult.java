package dev.sluice.ingest.publish;

import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the producer tells of a record, before it completes the record's future: all of a batch is told before any of its futures is complete, so
 * one record that shows another log, even one that nobody awaits, keeps the others from being given ids. To be made by the thread that sends.
 */
final class SendResult implements Callback {

    private final Thread sender = Thread.currentThread();
    private final LogEnds ends;
    private final Supplier<OptionalInt> partitions;
    private final LogEnds.Expected expected;
    private boolean refused;
    private boolean inTheLogSentTo;

    SendResult(LogEnds ends, Supplier<OptionalInt> partitions, LogEnds.Expected expected) {
        this.ends = ends;
        this.partitions = partitions;
        this.expected = expected;
    }

    /**
     * A refusal by {@code send} itself, which then never handed the record over (it is too large, or found no memory or metadata), is told on the
     * thread that sends, before {@code send} returns; every other result on the producer's thread, perhaps just as early.
     */
    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            refused |= Thread.currentThread() == sender;
        } else if (metadata != null && partitions.get().isPresent()) {
            inTheLogSentTo = !metadata.hasOffset() || ends.isExpected(expected, metadata);
        }
    }

    /** Whether {@code send} did not hand the record over. */
    boolean isRefused() {
        return refused;
    }

    /** Whether it was acknowledged, in the log that it was sent to as far as is known. To be asked once the record's future is complete. */
    boolean isInTheLogSentTo() {
        return inTheLogSentTo;
    }
}
