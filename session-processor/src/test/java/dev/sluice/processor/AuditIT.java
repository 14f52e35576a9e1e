package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.processor.audit.AuditReport;
import dev.sluice.processor.audit.Flaw;
import dev.sluice.processor.audit.PartitionSums;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AuditIT {

    private static AuditedLog log;

    @BeforeAll
    static void fill() {
        log = new AuditedLog(config());
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
    }

    @ParameterizedTest
    @FieldSource("dev.sluice.processor.Tampering#ALL")
    void finds(Tampering tampering) {
        tampering.act().accept(log);

        AuditReport report = log.processor().audit();

        assertThat(report.flaws().keySet()).isEqualTo(tampering.kinds());
        assertThat(report.first()).extracting(Flaw::text).anyMatch(text -> text.contains(tampering.says()));
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
            await().atMost(ProcessorUnderTest.PATIENCE).untilAsserted(() -> {
                assertThat(processor.gauge("sluice.log.in.flight")).isZero();
                assertThat(processor.gauge("sluice.log.unaccounted")).isZero();
                assertThat(processor.gauge("sluice.log.records"))
                        .isPositive()
                        .isEqualTo(processor.gauge("sluice.log.outcomes", "outcome", "stored"));
            });
        }
    }

    private static ProcessorConfig config() {
        return FreshConfig.of(AuditIT.class, 3);
    }
}
