package dev.sluice.processor.read.session;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.processor.topic.LogOffsets;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds ids by times in the log, so that the store need not look at sessions of other times: LogAppendTime rises within a partition, but for
 * where another broker came to lead it, whose clock was behind. Thread-safe.
 */
public final class CreationTimes {

    // What came earlier by such a clock may be so far behind what came later. All that comes in such a time is looked
    // at for created_before, so it is not for clocks that nobody sets.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final SubmissionsTopic topic;
    private final LogOffsets log;

    public CreationTimes(SubmissionsTopic topic, LogOffsets log) {
        this.topic = topic;
        this.log = log;
    }

    /**
     * Between which ids the project's sessions are that came in the filter's time, and perhaps others.
     *
     * @throws ProblemException 503 if Kafka was not seen yet
     * @throws org.apache.kafka.common.KafkaException if Kafka is away
     */
    CreatedIds ids(long project, SessionFilter filter) {
        if (filter.createdAfter().isEmpty() && filter.createdBefore().isEmpty()) {
            return new CreatedIds(Optional.empty(), Optional.empty());
        }
        OptionalInt partition = topic.partitionOf(project);
        if (partition.isEmpty()) {
            throw AwaitedSubmissions.logUnknown();
        }
        int known = partition.getAsInt();
        return new CreatedIds(
                filter.createdAfter().flatMap(time -> from(known, time)),
                filter.createdBefore().flatMap(time -> before(known, time)));
    }

    private Optional<Long> from(int partition, Instant time) {
        // In this order: what comes in between is at the end or after it.
        long end = log.end(partition);
        long first = log.firstSince(partition, time.toEpochMilli()).orElse(end);
        // When the records came that the log no longer has, it cannot say.
        return first <= log.begin(partition) ? Optional.empty() : Optional.of(id(partition, first));
    }

    private Optional<Long> before(int partition, Instant time) {
        OptionalLong first = log.firstSince(partition, time.plus(CLOCKS_APART).toEpochMilli());
        return first.isPresent() ? Optional.of(id(partition, first.getAsLong())) : Optional.empty();
    }

    private static long id(int partition, long position) {
        return SubmissionId.ofPosition(partition, position).value();
    }
}
