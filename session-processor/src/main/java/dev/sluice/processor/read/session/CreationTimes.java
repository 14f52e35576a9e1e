package dev.sluice.processor.read.session;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.read.submission.AwaitedSubmissions;
import dev.sluice.service.offsets.LogOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Finds ids by time in the log, so that the store need not examine sessions outside the time range. LogAppendTime rises within a partition,
 * except after a new leader whose clock is behind takes over. Thread-safe.
 */
public final class CreationTimes {

    // How far apart the brokers' clocks may be. created_before scans this much extra time, so it is short: brokers
    // without synchronized clocks are not supported.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final SubmissionsTopic topic;
    private final LogOffsets log;

    public CreationTimes(SubmissionsTopic topic, LogOffsets log) {
        this.topic = topic;
        this.log = log;
    }

    /** A range of ids, from the one bound, inclusive, to the other, exclusive; empty where it is unbounded. */
    record CreatedIds(Optional<Long> from, Optional<Long> before) {}

    /**
     * The range of ids that includes the project's sessions received within the filter's time range, and perhaps others.
     *
     * @throws ProblemException 503 if Kafka has not been reached yet
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
        // In this order: a record appended between the two queries is at the end or after it.
        long end = log.end(partition);
        long first = log.firstSince(partition, time.toEpochMilli()).orElse(end);
        // The log does not know the times of records that it no longer has.
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
