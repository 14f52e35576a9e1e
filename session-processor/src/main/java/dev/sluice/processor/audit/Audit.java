package dev.sluice.processor.audit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.log.LogRangeReader;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.source.SourceLogCheck;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.processor.topic.UnfitTopicException;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.service.settings.Heap;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;

/**
 * Verifies a store against its log: decides all records again, and compares documents, progress, tasks, counts and keys with the result. Writes
 * nothing but a temporary file, can run while submissions continue, and needs no more memory for a long log than for a short one.
 */
public final class Audit {

    private static final Duration STORE_TIMEOUT = Duration.ofMinutes(2);

    private final Map<String, Object> kafka;
    private final TopicNames topics;
    private final ConnectionString mongodb;

    public Audit(Map<String, Object> kafka, TopicNames topics, ConnectionString mongodb) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.mongodb = mongodb;
    }

    /**
     * Runs the audit.
     *
     * @param shown how many flaws to keep for display; all are counted
     * @param compared receives, on this thread, how many records have been compared, of how many positions
     * @throws AuditFailedException if it cannot be completed
     */
    public AuditReport run(int shown, BiConsumer<Long, Long> compared) {
        Flaws flaws = new Flaws(shown);
        try (MongoClient client = MongoConnection.open(mongodb, STORE_TIMEOUT)) {
            String database = Objects.requireNonNull(mongodb.getDatabase(), "a store without a database");
            return run(new Generations(client.getDatabase(database)), flaws, compared);
        } catch (MongoException e) {
            throw new AuditFailedException("the store cannot be read: " + MongoConnection.trouble(e), e);
        } catch (InvalidOffsetException e) {
            throw new AuditFailedException("the log has lost records while it was read: run the audit again", e);
        } catch (KafkaException e) {
            throw new AuditFailedException("Kafka cannot be read: " + KafkaReason.of(e), e);
        } catch (UnreadableDocumentException e) {
            // The others are compared, and reported, one by one.
            flaws.add(Flaw.Kind.STORE, e.inFull() + "; nothing was compared");
            return AuditReport.ofNothingCompared(flaws);
        } catch (UnfitTopicException e) {
            throw new AuditFailedException(String.valueOf(e.getMessage()), e);
        } catch (UnprocessableRecordException e) {
            throw new AuditFailedException(e.record() + " cannot be decided upon, a fault of our own", e);
        }
    }

    /** Audits the live generation against the log that the store was filled from. */
    private AuditReport run(Generations generations, Flaws flaws, BiConsumer<Long, Long> compared) {
        Generation generation = generations.live();
        try {
            generations.state();
        } catch (UnreadableDocumentException e) {
            flaws.add(Flaw.Kind.STORE, e.inFull());
        }
        SubmissionsTopic topic =
                SubmissionsTopic.of(topics.submissions(), SourceLogCheck.sourceOf(generations, kafka, topics));
        try (LogRangeReader log = new LogRangeReader(kafka, "sluice-audit", topic, Heap.ofProcess());
                Ledger ledger = Ledger.open()) {
            AuditReport report = new AuditRun(log, generation, topic, ledger, flaws, compared).run();
            // A generation is dropped only after another one is live, and then it appears to have lost everything.
            if (generations.live().number() != generation.number()) {
                throw new AuditFailedException(
                        "the projection was replaced by a rebuild meanwhile: run the audit again");
            }
            return report;
        }
    }
}
