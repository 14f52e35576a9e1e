package dev.sluice.processor.rebuild;

import com.mongodb.client.MongoClient;
import dev.sluice.contract.topic.SourceLog;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.log.LogRangeReader;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.source.SourceLogCheck;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.topic.UnfitTopicException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Replaces the projection in a store with one rebuilt from the log, while processors continue to write to it and answer from it, or while none
 * are running.
 */
public final class Rebuild {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(30);

    private final ProcessorConfig config;
    private final StoreDurability durability;
    private final Clock clock;

    /** @param durability makes acknowledged writes durable; {@link StoreDurability#BY_ACKNOWLEDGEMENT} for MongoDB */
    public Rebuild(ProcessorConfig config, StoreDurability durability, Clock clock) {
        this.config = config;
        this.durability = durability;
        this.clock = clock;
    }

    /**
     * Rebuilds the projection. Returns once the old generation is dropped, unless that fails.
     *
     * @throws RebuildRefusedException if it is impossible for a reason that the operator can fix
     */
    public RebuildSummary run(RebuildOptions options, RebuildListener listener) throws InterruptedException {
        long begun = System.nanoTime();
        try (MongoClient client = open()) {
            Generations generations = generations(client);
            SourceLog source = source(generations);
            SubmissionsTopic topic = SubmissionsTopic.of(config.topics().submissions(), source);
            RebuildClaim claim = RebuildClaim.take(generations);
            try (LogRangeReader log = log(topic)) {
                listener.begins(claim.from().number(), claim.into().number(), claim.isResumed());
                BatchProcessing processing = processing(claim.into(), topic);
                GenerationFill filling = new GenerationFill(claim, log, topic.ids(), processing, durability, listener);
                long records = filling.run(options.fromLogBegin());
                if (!options.acceptRejections()) {
                    refuseRejections(claim);
                }
                requireStill(source, generations);
                filling.goLive();
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                listener.isLive(claim.into().number());
                leaveOld(claim, filling, options, listener);
                return new RebuildSummary(claim.into().number(), records, took);
            }
        } catch (UnreadableDocumentException e) {
            throw new RebuildRefusedException(e.inFull(), e);
        }
    }

    /** Keeps what is filled for whoever accepts it. A second time it is dropped, or rebuilds with the right rules would find it for ever. */
    private static void refuseRejections(RebuildClaim claim) {
        NewRejections.between(claim.from(), claim.into()).ifPresent(found -> {
            if (claim.isResumed()) {
                claim.giveUp();
                throw new RebuildRefusedException(
                        found
                                + ". What was filled is dropped: run the rebuild of the version that stored it, or with --accept-rejections, and it begins anew");
            }
            throw new RebuildRefusedException(
                    found + ". With --accept-rejections the rebuild goes on and that is rejected;"
                            + " without, it drops what was filled, so that the version that stored it can begin anew");
        });
    }

    /** Whatever fails here, the new generation is live, and lacks nothing that processors would not fill in. */
    private void leaveOld(RebuildClaim claim, GenerationFill filling, RebuildOptions options, RebuildListener listener)
            throws InterruptedException {
        try {
            List<Integer> retired = claim.generations().state().retired();
            filling.follow(options.grace());
            if (!options.acceptRejections()) {
                // Processors with other rules may have stored something since the comparison before the switch.
                NewRejections.between(claim.from(), claim.into()).ifPresent(listener::rejectsMore);
            }
            drop(claim.generations(), retired, listener);
        } catch (RuntimeException e) {
            listener.oldIsLeft(e);
        }
    }

    private void drop(Generations generations, List<Integer> retired, RebuildListener listener) {
        for (int number : retired) {
            GenerationCollections.drop(generations.of(number));
            generations.forget(number);
            listener.dropped(number);
        }
        durability.flush();
    }

    /** Any other log would replace the only copy of what this store was filled from. */
    private SourceLog source(Generations generations) {
        try {
            return SourceLogCheck.sourceOf(generations, config.kafka(), config.topics());
        } catch (UnfitTopicException e) {
            throw new RebuildRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Filling may take hours, in which the topic may be made anew, or the processors told of another one. */
    private void requireStill(SourceLog source, Generations generations) {
        String reason = "the store is filled from another log by now";
        try {
            if (source(generations).equals(source)) {
                return;
            }
        } catch (RebuildRefusedException e) {
            reason = String.valueOf(e.getMessage());
        }
        throw new RebuildRefusedException("the log changed before this rebuild could go live: " + reason
                + ". Once that is settled, run it again");
    }

    private LogRangeReader log(SubmissionsTopic topic) {
        String clientId = config.topics().prefix() + "session-processor-rebuild";
        return new LogRangeReader(
                config.kafka(), clientId, topic, config.capacity().heap());
    }

    private BatchProcessing processing(Generation into, SubmissionsTopic topic) {
        return new BatchProcessing(
                durability,
                topic,
                new Breaker(BreakerConfig.OFF, new MongoHalts(into.database(), topic.ids()), clock),
                new MongoFaults(into.database()),
                clock,
                config.capacity().keptBytes());
    }

    private MongoClient open() {
        return MongoConnection.open(config.store(), STORE_TIMEOUT);
    }

    private Generations generations(MongoClient client) {
        return new Generations(client.getDatabase(config.database()), STORE_TIMEOUT);
    }
}
