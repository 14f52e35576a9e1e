package dev.sluice.processor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.fault.Fault;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.TestMongo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetAsideResourceIT {

    private static final SubmissionId RECORD = new SubmissionId(0, 0);
    private static final FakeRequest REQUEST = new FakeRequest(
            0, RECORD.value(), "/api/v2/processing/" + RECORD.value() + "/set-aside/?reason=ticket%207");

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(SetAsideResourceIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final MongoFaults faults = new MongoFaults(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));

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
        SetAsideResource resource = resource(true, StoreDurability.BY_ACKNOWLEDGEMENT);

        assertThatThrownBy(() -> resource.post(REQUEST)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.answer().status()).isEqualTo(409);
            assertThat(new String(refusal.answer().body(), StandardCharsets.UTF_8))
                    .contains("is in the store already");
        });
        assertThat(faults.open()).containsExactly(new Fault(RECORD.value(), "Fault", Instant.EPOCH));
    }

    @Test
    void hasTheDecisionFlushedBeforeItAnswers() {
        List<String> flushed = new ArrayList<>();
        SetAsideResource resource = resource(false, () -> {
            faults.refresh();
            flushed.add(faults.reason(RECORD).orElseThrow());
        });

        assertThat(resource.post(REQUEST).status()).isEqualTo(200);

        assertThat(flushed).containsExactly("ticket 7");
    }

    @Test
    void hasALineInTheAuditTrailThoughTheDecisionMayNotBeDurable() {
        SetAsideResource resource = resource(false, () -> {
            throw new MongoException("not flushed");
        });

        try (LoggedLines trail = new LoggedLines(AuditTrail.LOG_NAME, Level.INFO)) {
            assertThatThrownBy(() -> resource.post(REQUEST)).isInstanceOf(MongoException.class);

            assertThat(trail.all())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("set-aside of submission " + RECORD.value() + " by user 1 ")
                            .contains(": unknown, "));
        }
    }

    private SetAsideResource resource(boolean isStored, StoreDurability durability) {
        return new SetAsideResource(faults, id -> isStored, durability, Clock.systemUTC());
    }
}
