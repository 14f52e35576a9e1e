package dev.sluice.processor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.fault.Fault;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.progress.MongoProgress;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestMongo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetAsideResourceIT {

    private static final SubmissionId RECORD = new SubmissionId(0, 0);
    private static final FakeRequest REQUEST = new FakeRequest(
            0, RECORD.value(), "/api/v2/processing/" + RECORD.value() + "/set-aside/?reason=ticket%207");

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(SetAsideResourceIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final Generation generation =
            Generation.first(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));
    private final MongoFaults faults = new MongoFaults(generation.database());

    @BeforeEach
    void fail() {
        faults.note(RECORD, "Fault", Instant.EPOCH);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void refusesWhatIsStoredThoughItIsNoted() {
        generation
                .collection(MongoSubmissions.COLLECTION, Document.class)
                .insertOne(new Document("_id", RECORD.value()));

        refuses();
    }

    @Test
    void refusesWhatItsPartitionHasPassedThoughItIsNoted() {
        new MongoProgress(generation).beginAt(RECORD.partition(), RECORD.position() + 1, null);

        refuses();
    }

    @Test
    void hasTheDecisionFlushedBeforeItAnswers() {
        List<String> flushed = new ArrayList<>();
        SetAsideResource resource = resource(() -> {
            faults.refresh();
            flushed.add(faults.reason(RECORD).orElseThrow());
        });

        assertThat(resource.post(REQUEST).status()).isEqualTo(200);

        assertThat(flushed).containsExactly("ticket 7");
    }

    @Test
    void hasALineInTheAuditTrailThoughTheDecisionMayNotBeDurable() {
        SetAsideResource resource = resource(() -> {
            throw new IllegalStateException("not flushed");
        });

        try (LoggedLines trail = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
            assertThatThrownBy(() -> resource.post(REQUEST))
                    .isInstanceOf(MongoException.class)
                    .hasMessageContaining("not flushed");

            assertThat(trail.all())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("set-aside of submission " + RECORD.value() + " by user 1 ")
                            .contains(": unknown, "));
        }
    }

    private void refuses() {
        SetAsideResource resource = resource(StoreDurability.BY_ACKNOWLEDGEMENT);

        assertThatThrownBy(() -> resource.post(REQUEST)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.answer().status()).isEqualTo(409);
            assertThat(new String(refusal.answer().body(), StandardCharsets.UTF_8))
                    .contains("is in the store already, or its partition is past it");
        });
        assertThat(faults.open(_ -> true)).containsExactly(new Fault(RECORD, "Fault", Instant.EPOCH));
    }

    private SetAsideResource resource(StoreDurability durability) {
        return new SetAsideResource(
                faults, new WaitingRecords(() -> generation, IdBase.NONE), _ -> true, durability, Clock.systemUTC());
    }
}
