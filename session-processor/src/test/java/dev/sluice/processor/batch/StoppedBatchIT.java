package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.access.User;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.outcome.SubmissionOutcome;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.progress.PassedOffsets;
import dev.sluice.processor.topic.SubmissionsTopic;
import dev.sluice.test.TestMongo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** A partition may be stopped, and may go on, while a batch of its records is being processed by another thread. */
class StoppedBatchIT {

    private static final int BAD = 5;
    // More than is stored at once.
    private static final int RECORDS = 1500;

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(StoppedBatchIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final Generation generation = Generation.first(new MongoTemplate(client, uri.getDatabase()));
    private final MongoHalts halts = new MongoHalts(generation.mongo().getDb(), IdBase.NONE);
    private final Breaker breaker = new Breaker(new BreakerConfig(BAD, 0, 0), halts, Clock.systemUTC());
    private final List<SubmissionOutcome> told = new ArrayList<>();
    private Runnable whenStored = () -> {};
    private final BatchProcessing processing = processing();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void takesNothingBehindWhatItLeftOutThoughThePartitionGoesOnMeanwhile() {
        breaker.look(Set.of(0));
        whenStored = () -> {
            halts.all().forEach(halts::remove);
            breaker.look(Set.of(0));
        };

        Map<Integer, Long> leftOut = processing.process(records(), generation);

        assertThat(breaker.stop(0)).isEmpty();
        assertThat(leftOut).containsExactly(Map.entry(0, (long) BAD));
        assertThat(told).hasSize(BAD);
        assertThat(new MongoProgress(generation).next(Set.of(0))).containsExactly(Map.entry(0, (long) BAD));
    }

    @Test
    void leavesOutWhatIsBehindAStopThatAnotherProcessorMade() {
        breaker.look(Set.of(0));
        processing.process(records(), generation);
        Breaker other = new Breaker(new BreakerConfig(BAD, 0, 0), halts, Clock.systemUTC());
        other.look(Set.of(0));

        assertThat(other.stop(0))
                .hasValueSatisfying(halt -> assertThat(halt.offset()).isEqualTo(BAD));
    }

    private BatchProcessing processing() {
        SubmissionsTopic topic = new SubmissionsTopic(IdBase.NONE);
        topic.seenWith(1);
        return new BatchProcessing(
                () -> whenStored.run(),
                topic,
                letters -> {},
                told::addAll,
                new PassedOffsets(),
                breaker,
                new ProcessingMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC());
    }

    /** First bad ones, then good ones. */
    private static List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset = 0; offset < RECORDS; offset++) {
            String body = offset < BAD ? "{}" : "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\"}";
            records.add(new ConsumerRecord<>(
                    "submissions",
                    0,
                    offset,
                    1_700_000_000_000L,
                    TimestampType.CREATE_TIME,
                    0,
                    body.length(),
                    ProjectKey.of(1),
                    body.getBytes(StandardCharsets.UTF_8),
                    SubmissionHeaders.ofSession(
                            "e", "test", new User(7, "bob@example.com", "Bob", "Smith"), null, null),
                    Optional.empty()));
        }
        return records;
    }
}
