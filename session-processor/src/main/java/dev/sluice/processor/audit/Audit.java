package dev.sluice.processor.audit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.batch.UnprocessableRecordException;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Proves a store against its log: decides everything in the log again, and compares documents, progress, tasks, counts and keys with what
 * follows. It writes nothing but a temporary file, can be made while submissions go on, and takes as much memory for a long log as for a
 * short one.
 */
public final class Audit {

    private static final Duration STORE_TIMEOUT = Duration.ofMinutes(2);

    private final Map<String, Object> kafka;
    private final TopicNames topics;
    private final IdBase ids;
    private final ConnectionString mongodb;

    /**
     * @param kafka connection settings, by Kafka's names
     * @param ids what the ids of the log's records are
     * @param mongodb the store, with a database
     */
    public Audit(Map<String, Object> kafka, TopicNames topics, IdBase ids, ConnectionString mongodb) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.ids = ids;
        this.mongodb = mongodb;
    }

    /**
     * Makes it.
     *
     * @param shown how many flaws to keep for being shown; all are counted
     * @throws AuditFailure if it cannot be made to its end
     */
    public AuditReport run(int shown, AuditWatcher watcher) {
        try (MongoClient client = MongoConnection.open(mongodb, STORE_TIMEOUT);
                SubmissionsLog log = new SubmissionsLog(kafka, topics.submissions(), ids);
                Ledger ledger = Ledger.open()) {
            if (log.partitions() == 0) {
                throw new AuditFailure("Kafka has no topic " + topics.submissions());
            }
            String database = Objects.requireNonNull(mongodb.getDatabase(), "a store without a database");
            Generation generation = Generation.first(new MongoTemplate(client, database));
            return new AuditRun(log, generation, ids, ledger, shown, watcher).run();
        } catch (MongoException e) {
            throw new AuditFailure("the store does not answer (" + e.getClass().getSimpleName() + ")", e);
        } catch (KafkaException e) {
            throw new AuditFailure("Kafka does not answer (" + e.getClass().getSimpleName() + ")", e);
        } catch (UnprocessableRecordException e) {
            throw new AuditFailure(e.place() + " cannot be decided upon, a fault of our own", e);
        }
    }
}
