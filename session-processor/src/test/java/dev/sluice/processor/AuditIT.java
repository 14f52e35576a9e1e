package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.processor.audit.AuditReport;
import dev.sluice.processor.audit.Flaw;
import dev.sluice.processor.audit.PartitionSums;
import dev.sluice.processor.fault.MongoFaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class AuditIT {

    private static final ProcessorConfig CONFIG = config();

    private static AuditedLog log;

    @BeforeAll
    static void fill() {
        log = new AuditedLog(CONFIG);
    }

    @AfterAll
    static void close() {
        log.close();
    }

    @BeforeEach
    void restore() {
        log.restore();
    }

    @Test
    void findsNothingWrongWithWhatTheProcessorMadeOfEveryKindOfRecord() {
        AuditReport report = log.processor().audit();

        assertThat(report.first()).isEmpty();
        assertThat(report.holds()).isTrue();
        PartitionSums total = report.total();
        assertThat(List.of(
                        total.outcomes().stored(),
                        total.outcomes().duplicate(),
                        total.outcomes().rejected(),
                        total.outcomes().deadLettered(),
                        total.inFlight(),
                        total.missing()))
                .containsExactly(7L, 2L, 3L, 2L, 2L, 0L);
        assertThat(total.accepted()).isEqualTo(16);
        assertThat(total.outcomes().empty()).isEqualTo(3);
        assertThat(report.compared()).isEqualTo(new AuditReport.Compared(3, 3, 2));
        assertThat(report.unchecked()).isZero();
        assertThat(report.reworded()).isZero();
    }

    @Test
    void countsRejectionsAndDeadLettersThatAreWordedOtherwise() {
        MongoCollection<BsonDocument> submissions = log.processor().collection("submissions");
        Document rejected = new Document("kind", "rejected").append("errors", new Document("$exists", true));
        Document deadLettered = new Document("reason", new Document("$exists", true));
        long all = submissions.countDocuments(rejected) + submissions.countDocuments(deadLettered);
        submissions.updateMany(
                rejected, new Document("$set", new Document("errors", new Document("detail", "In other words."))));
        submissions.updateMany(deadLettered, new Document("$set", new Document("reason", "In other words.")));

        AuditReport report = log.processor().audit();

        assertThat(report.first()).isEmpty();
        assertThat(report.reworded()).isEqualTo(all).isPositive();
        assertThat(report.holds()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("dev.sluice.processor.Tampering#ALL")
    void finds(Tampering tampering) {
        tampering.act().accept(log);

        AuditReport report = log.processor().audit();

        assertThat(report.flaws().keySet()).isEqualTo(tampering.kinds());
        assertThat(report.first()).extracting(Flaw::text).anyMatch(text -> text.contains(tampering.says()));
    }

    @ParameterizedTest
    @MethodSource("damagesOfTheSession")
    void reportsADamagedSessionAndNothingElse(String field, Document damage) {
        log.processor().collection("submissions").updateOne(new Document("_id", log.session()), damage);

        AuditReport report = log.processor().audit();

        assertThat(report.first())
                .singleElement()
                .satisfies(flaw -> assertThat(flaw.kind()).isEqualTo(Flaw.Kind.CHANGED))
                .satisfies(flaw -> assertThat(flaw.text())
                        .startsWith("submission " + log.session() + " (partition ")
                        .contains(": " + field));
    }

    @ParameterizedTest
    @MethodSource("damagesOfAll")
    void reportsEveryDocumentIfAllAreDamaged(String field, Document damage) {
        Document having = new Document(field, new Document("$exists", true));
        MongoCollection<BsonDocument> submissions = log.processor().collection("submissions");
        List<String> names = submissions
                .find(having)
                .map(document -> "submission " + document.getInt64("_id").getValue() + " ")
                .into(new ArrayList<>());
        submissions.updateMany(having, damage);

        AuditReport report = log.processor().audit();

        assertThat(report.first().stream().map(Flaw::text))
                .hasSameSizeAs(names)
                .allMatch(text -> names.stream().anyMatch(text::startsWith));
    }

    static Stream<Arguments> damagesOfTheSession() {
        return damages(
                Objects.requireNonNull(log.processor().stored(log.session())).keySet());
    }

    static Stream<Arguments> damagesOfAll() {
        Set<String> fields = new TreeSet<>();
        log.processor().collection("submissions").find().forEach(document -> fields.addAll(document.keySet()));
        return damages(fields);
    }

    /** For each field: it is lost, or of another type. */
    private static Stream<Arguments> damages(Set<String> fields) {
        return fields.stream()
                .filter(field -> !field.equals("_id"))
                .flatMap(field -> Stream.of(
                                new Document("$unset", new Document(field, 1)),
                                new Document("$set", new Document(field, 7)),
                                new Document("$set", new Document(field, null)))
                        .map(damage -> Arguments.of(field, damage)));
    }

    @Test
    void findsNothingWrongWhileSubmissionsGoOn() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        try (ProcessorUnderTest processor = new ProcessorUnderTest(config()).start()) {
            Thread submitter = Thread.ofPlatform().start(() -> {
                for (int i = 0; !enough.get(); i++) {
                    processor.submit(
                            1 + i % 5, AuditedLog.session("r" + i, "pass").replace("1-T", 1 + i % 5 + "-T"));
                }
            });
            try {
                for (int i = 0; i < 4; i++) {
                    assertThat(processor.audit().first()).isEmpty();
                }
            } finally {
                enough.set(true);
                submitter.join();
            }

            // NaN while the store or Kafka takes longer than the gauges wait.
            await().untilAsserted(() -> {
                assertThat(processor.gauge("sluice.log.in.flight")).isZero();
                assertThat(processor.gauge("sluice.log.unaccounted")).isZero();
                assertThat(processor.gauge("sluice.log.records"))
                        .isPositive()
                        .isEqualTo(processor.gauge("sluice.log.outcomes", "outcome", "stored"));
            });
        }
    }

    @Test
    void blamesNothingOnARecordThatIsSetAsideWhileItRuns() {
        Audit audit = new Audit(CONFIG.kafka(), CONFIG.topics(), CONFIG.store());

        assertThatThrownBy(() -> audit.run(1, (records, of) -> setAsideWhatIsInFlight()))
                .isInstanceOf(AuditFailedException.class)
                .hasMessage("a record was set aside meanwhile: run the audit again");
    }

    /** As an administrator and a processor do. */
    private static void setAsideWhatIsInFlight() {
        BsonInt64 id = new BsonInt64(log.inFlight());
        MongoCollection<BsonDocument> submissions = log.processor().collection("submissions");
        BsonDocument deadLetter = Objects.requireNonNull(
                submissions.find(new Document("kind", "dead-letter")).first());
        submissions.replaceOne(
                new Document("_id", id), deadLetter.append("_id", id), new ReplaceOptions().upsert(true));
        log.processor()
                .collection(MongoFaults.COLLECTION)
                .replaceOne(
                        new Document("_id", id),
                        new BsonDocument("_id", id).append("reason", new BsonString("ticket 7")),
                        new ReplaceOptions().upsert(true));
    }

    private static ProcessorConfig config() {
        return FreshConfig.of(AuditIT.class, 3);
    }
}
