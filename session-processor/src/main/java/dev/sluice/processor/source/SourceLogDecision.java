package dev.sluice.processor.source;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.SourceLog;
import dev.sluice.contract.topic.TopicFitness;
import dev.sluice.service.kafka.KafkaSettings;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Whether a log may be processed into a store, judged by the log that the store remembers. */
sealed interface SourceLogDecision {

    /** The store was filled from this log. */
    record Same() implements SourceLogDecision {}

    /** The store must remember this log: it is the first one, or one whose ids follow all existing ids. */
    record Next() implements SourceLogDecision {}

    /**
     * The log is refused: its records would get ids that are taken or out of order.
     *
     * @param sentence what was found and what to change
     */
    record Refused(String sentence) implements SourceLogDecision {}

    /** Room for ids that were answered but never reached the store: a million submissions of each partition. */
    long ROOM = 1L << 20;

    /**
     * Decides.
     *
     * @param name the topic's name
     * @param movedTo the id of a topic that, according to the operator, has the same records at the same offsets; blank if none
     * @param firstFree supplies the first position above all ids in the store; called only if needed
     */
    static SourceLogDecision of(
            String name, Optional<SourceLog> remembered, SourceLog seen, String movedTo, LongSupplier firstFree) {
        Optional<String> missingId = TopicFitness.missingId(name, seen.topic());
        if (missingId.isPresent()) {
            return new Refused(missingId.get());
        }
        if (remembered.isEmpty()) {
            return new Next();
        }
        SourceLog known = remembered.get();
        boolean sameTopic = known.topic().equals(seen.topic());
        int raised = Long.compare(seen.ids().value(), known.ids().value());
        if (raised < 0 || (raised > 0 && sameTopic)) {
            return new Refused(rebased(name, known.ids(), seen.ids()));
        }
        if (raised > 0) {
            long free = firstFree.getAsLong();
            return seen.ids().firstPosition() >= free ? new Next() : new Refused(taken(seen.ids(), free));
        }
        if (!sameTopic && !movedTo.equals(seen.topic())) {
            return new Refused(madeAnew(name, known, seen, firstFree));
        }
        if (known.partitions() != seen.partitions()) {
            return new Refused(repartitioned(name, known, seen, firstFree));
        }
        return sameTopic ? new Same() : new Next();
    }

    private static String rebased(String name, IdBase known, IdBase seen) {
        return KafkaSettings.IDS_BASE + " is " + seen.value() + ", but the ids of topic " + name + " were given with "
                + known.value() + ": set it back to " + known.value()
                + " on both services; it changes only with a topic that is made anew";
    }

    private static String taken(IdBase seen, long free) {
        return KafkaSettings.IDS_BASE + " is " + seen.value() + ", but the store has ids above that: set it to "
                + next(free).value() + " or more on both services";
    }

    private static String repartitioned(String name, SourceLog known, SourceLog seen, LongSupplier firstFree) {
        return "topic " + name + " has " + seen.partitions() + " partitions, but had " + known.partitions()
                + " when the store was filled from it: projects would move to other partitions and lose their order. Kafka"
                + " takes no partitions away: make the topic anew, and set " + advice(firstFree);
    }

    private static String madeAnew(String name, SourceLog known, SourceLog seen, LongSupplier firstFree) {
        return "topic " + name + " is not the one that the store was filled from (its id is " + seen.topic()
                + ", and was " + known.topic() + "): it was made anew or is in another Kafka cluster. "
                + "To go on with it, set " + advice(firstFree)
                + "; or, only if it has the very same records at the same offsets, set " + SourceLogCheck.MOVED_TO
                + " to "
                + seen.topic();
    }

    /** Says which setting begins a new log. */
    static String advice(LongSupplier firstFree) {
        return KafkaSettings.IDS_BASE + " to " + next(firstFree.getAsLong()).value() + " on both services";
    }

    private static IdBase next(long firstFree) {
        return IdBase.ofFirstPosition((firstFree / ROOM + 2) * ROOM);
    }
}
