package dev.sluice.processor.consume;

import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.progress.PartitionProgress;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a partition goes on, according to the store.
 *
 * @param offset the first offset without an outcome; the log may no longer have it
 * @param latestEpoch the latest leader epoch that Kafka knows, if it tells
 */
record ResumePoint(long offset, PartitionProgress progress, Optional<Integer> latestEpoch) {

    /** Throws a {@link LogEndsBeforeProgressException} if the log does not have what the store has processed. */
    static ResumePoint of(TopicPartition partition, PartitionProgress progress, ListOffsetsResultInfo end, IdBase ids) {
        // Progress that concerns only a former topic says nothing about this one.
        long next = Math.max(0, ids.offset(progress.next()));
        if (next > end.offset()) {
            throw LogEndsBeforeProgressException.ends(partition, end.offset(), next);
        }
        // The log has lost a later leader's records, and Kafka's client would wait for that leader for ever.
        if (end.leaderEpoch().isPresent()
                && progress.leaderEpoch().orElse(0) > end.leaderEpoch().get()) {
            throw LogEndsBeforeProgressException.isOlder(
                    partition, end.leaderEpoch().get(), progress.leaderEpoch().get());
        }
        return new ResumePoint(next, progress, end.leaderEpoch());
    }

    /**
     * The position with its leader epoch, which lets Kafka's client detect that the records before it were lost and replaced. Without one, the
     * client would not ask the broker, and would keep records of this position that it has fetched before, even if they cannot be read.
     *
     * @param from the log's beginning, if that is after the offset, else the offset
     */
    OffsetAndMetadata seekTo(long from, IdBase ids) {
        Optional<Integer> epoch = from == 0 ? Optional.empty() : progress.epochAt(ids.position(from));
        return new OffsetAndMetadata(from, epoch.or(() -> latestEpoch), "");
    }
}
