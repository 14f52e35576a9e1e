package dev.sluice.processor.source;

import com.mongodb.MongoException;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.TopicFacts;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.topic.TopicChecks;
import dev.sluice.processor.topic.UnfitTopicException;
import dev.sluice.service.offsets.LogOffsets;
import java.time.Instant;
import java.util.ConcurrentModificationException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that a store is filled from one log only. Refuses others with an {@link UnfitTopicException}; throws what Kafka and the store throw
 * while they are unavailable.
 */
public final class SourceLogCheck {

    /** The setting that names a topic with the same records at the same offsets, by that topic's id. */
    public static final String MOVED_TO = "SLUICE_LOG_MOVED_TO";

    private static final Logger LOG = LoggerFactory.getLogger(SourceLogCheck.class);

    private final MongoSourceLog store;
    private final LogOffsets offsets;
    private final IdBase ids;
    private final String movedTo;

    /** @param movedTo see {@link SourceLogDecision#of} */
    public SourceLogCheck(MongoSourceLog store, LogOffsets offsets, IdBase ids, String movedTo) {
        this.store = store;
        this.offsets = offsets;
        this.ids = ids;
        this.movedTo = movedTo;
    }

    /**
     * The log of the submissions topic, which is the one that the store was filled from, for those who do not say what its ids' base is.
     *
     * @throws UnfitTopicException if it is another one, or there is none
     */
    public static SourceLog sourceOf(Generations generations, Map<String, Object> kafka, TopicNames names) {
        MongoSourceLog store = new MongoSourceLog(generations.database(), generations::live);
        Optional<SourceLog> remembered = store.remembered();
        IdBase ids = remembered.map(SourceLog::ids).orElse(IdBase.NONE);
        try (TopicChecks topics = new TopicChecks(kafka, names)) {
            TopicFacts found = topics.submissions()
                    .orElseThrow(() -> new UnfitTopicException("there is no topic " + names.submissions()));
            SourceLog seen = new SourceLog(found.id(), found.partitions(), ids);
            if (SourceLogDecision.of(found.name(), remembered, seen, "", store::firstFree)
                    instanceof SourceLogDecision.Refused(String sentence)) {
                throw new UnfitTopicException(sentence);
            }
            return seen;
        }
    }

    /** The topic as the log that the processor is told to fill the store from. */
    public SourceLog log(TopicFacts topic) {
        return new SourceLog(topic.id(), topic.partitions(), ids);
    }

    /** Must be called before a missing topic is created: an installation that had one must not silently get an empty one. */
    public void checkMissing(String name) {
        Optional<SourceLog> remembered = store.remembered();
        if (remembered.isPresent() && ids.value() <= remembered.get().ids().value()) {
            throw new UnfitTopicException("there is no topic " + name
                    + ", but the store was filled from one: connect to the right Kafka cluster or bring the topic back; or, to begin a new"
                    + " one, set " + SourceLogDecision.advice(store::firstFree));
        }
    }

    /** Returns the topic's log if the store may be filled from it, and remembers it. */
    public SourceLog check(TopicFacts topic) {
        Optional<SourceLog> remembered = store.remembered();
        SourceLog seen = log(topic);
        switch (SourceLogDecision.of(topic.name(), remembered, seen, movedTo, store::firstFree)) {
            case SourceLogDecision.Refused(String sentence) -> throw new UnfitTopicException(sentence);
            // A partition without a leader keeps nobody from the others: it is compared before it is consumed.
            case SourceLogDecision.Same _ -> checkEnds(topic, reached(topic), offsets.answeredEnds(topic.led()));
            case SourceLogDecision.Next _ -> {
                Map<Integer, Long> reached = reached(topic);
                checkEnds(topic, reached, offsets.ends(reached.keySet()));
                checkTimes(topic, reached);
                if (!store.remember(remembered, seen)) {
                    throw new ConcurrentModificationException("another processor has just remembered a log");
                }
                LOG.info("The store is filled from topic {} from now on: {}", topic.name(), seen);
            }
        }
        return seen;
    }

    /** Whether the store is filled from another log by now: another processor was told of one. False if the store is unavailable. */
    public boolean isLeft(SourceLog log) {
        try {
            return store.remembered().filter(now -> !now.equals(log)).isPresent();
        } catch (MongoException e) {
            LOG.debug("The store does not say at the moment which log it is filled from: {}", e.toString());
            return false;
        }
    }

    /** Lists by time go by the log's times, and a rebuild takes them over, so a copy whose records were stamped anew is not the same log. */
    private void checkTimes(TopicFacts topic, Map<Integer, Long> reached) {
        reached.forEach((partition, next) -> {
            if (store.received(partition, next - 1)
                    .filter(last -> isStampedAnew(partition, next, last))
                    .isPresent()) {
                throw new UnfitTopicException("partition " + partition + " of topic " + topic.name()
                        + " has the store's records with other times, those of copying them: copy them into a topic that was made with"
                        + " message.timestamp.type=CreateTime, and set that to LogAppendTime afterwards");
            }
        });
    }

    private boolean isStampedAnew(int partition, long next, Instant last) {
        OptionalLong later = offsets.firstSince(partition, last.toEpochMilli() + 1);
        // Leaders' clocks may differ, so an earlier record may well have a later time, if the store has it as well.
        return later.isPresent()
                && later.getAsLong() < next
                && store.received(partition, later.getAsLong())
                        .filter(time -> !time.isAfter(last))
                        .isPresent();
    }

    /** By partition of the topic, where the store continues. */
    private Map<Integer, Long> reached(TopicFacts topic) {
        Map<Integer, Long> reached = store.reached();
        reached.keySet().removeIf(partition -> partition >= topic.partitions());
        return reached;
    }

    private void checkEnds(TopicFacts topic, Map<Integer, Long> reached, Map<Integer, Long> ends) {
        ends.forEach((partition, end) -> {
            long next = reached.getOrDefault(partition, 0L);
            if (next > end) {
                throw new UnfitTopicException("partition " + partition + " of topic " + topic.name()
                        + " ends at offset " + ids.offset(end) + ", but the store has reached " + ids.offset(next)
                        + ": it is not the log that the store was filled from, or has lost its end. Make the topic"
                        + " anew, unless it was made anew already, and set "
                        + SourceLogDecision.advice(store::firstFree)
                        + ". To keep the log instead, see docs/recovery.md");
            }
        });
    }
}
