package dev.sluice.processor.read;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PassedOffsets;
import dev.sluice.processor.store.Submissions;
import dev.sluice.processor.topic.LogEnds;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.bson.RawBsonDocument;

/** Submissions by id, where one that is in the log but not in the store yet is waited for. For many threads. */
final class AwaitedSubmissions {

    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration SLOWEST_LOOK = Duration.ofMillis(250);

    private final Submissions submissions;
    private final MongoProgress progress;
    private final PassedOffsets passed;
    private final SubmissionsTopic topic;
    private final LogEnds logEnds;
    private final Duration timeout;

    AwaitedSubmissions(
            Submissions submissions,
            MongoProgress progress,
            PassedOffsets passed,
            SubmissionsTopic topic,
            LogEnds logEnds,
            Duration timeout) {
        this.submissions = submissions;
        this.progress = progress;
        this.passed = passed;
        this.topic = topic;
        this.logEnds = logEnds;
        this.timeout = timeout;
    }

    /** What came of looking for a submission. */
    sealed interface Found {

        /** It is in the store. */
        record There(RawBsonDocument submission) implements Found {}

        /** There is no such submission. */
        record Nowhere() implements Found {}

        /** It is in the log, but was not processed in time. */
        record NotYet() implements Found {}

        /** Nobody can say before Kafka was seen for the first time. */
        record LogUnknown() implements Found {}
    }

    /** Looks for it, and waits a bounded time if it is on its way. */
    Found find(long id) {
        var there = submissions.find(id);
        if (there.isPresent()) {
            return new Found.There(there.get());
        }
        if (!SubmissionId.isValid(id)) {
            return new Found.Nowhere();
        }
        SubmissionId place = SubmissionId.of(id);
        if (topic.partitions().isEmpty()) {
            return new Found.LogUnknown();
        }
        if (place.partition() >= topic.partitions().getAsInt()) {
            return new Found.Nowhere();
        }
        return isPassed(place) || logEnds.end(place.partition()) > place.offset() ? await(place) : new Found.Nowhere();
    }

    private Found await(SubmissionId place) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Duration pause = FIRST_LOOK;
        while (true) {
            // In this order: if it was passed before the store was looked into, and is not there, it never will be.
            boolean isPassed = isPassed(place);
            var there = submissions.find(place.value());
            if (there.isPresent()) {
                return new Found.There(there.get());
            }
            if (isPassed) {
                return new Found.Nowhere();
            }
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive()) {
                return new Found.NotYet();
            }
            pause(place, pause.compareTo(left) < 0 ? pause : left);
            pause = pause.multipliedBy(2).compareTo(SLOWEST_LOOK) < 0 ? pause.multipliedBy(2) : SLOWEST_LOOK;
        }
    }

    private boolean isPassed(SubmissionId place) {
        return progress.next(place.partition()).orElse(0) > place.offset();
    }

    /** Ends at once when this process has the partition and passes the place; another process's progress shows in the store only. */
    private void pause(SubmissionId place, Duration atMost) {
        try {
            passed.awaitPassed(place.partition(), place.offset(), atMost);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
