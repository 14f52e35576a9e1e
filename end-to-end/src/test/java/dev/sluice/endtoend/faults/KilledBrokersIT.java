package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.BrokerCluster;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Any one of three brokers may die or hang at any time: what was acknowledged stays, and submissions are soon accepted again. */
class KilledBrokersIT {

    private final Installation installation = Installation.shared();
    private final BrokerCluster brokers = installation.brokers();
    private final Random random = Faults.random();

    @Test
    void losesNothingAcknowledgedWhileBrokersAreKilledAndLeadersMove() {
        int kills = Faults.rounds(1, 30);
        try (Workload workload = installation.workload(1_000).start()) {
            workload.awaitMoreAccepted(50);
            for (int i = 0; i < kills; i++) {
                int victim = victim(i);
                brokers.broker(victim).kill();
                workload.awaitMoreAccepted(100);
                brokers.restart(victim);
                brokers.awaitAll();
                workload.awaitMoreAccepted(50);
            }

            installation.reckoning(workload.settle()).holds("1 of 3 brokers killed and restarted " + kills + " x");
        }
        assertReady();
    }

    // The first to die is certainly a leader; the others are random.
    private int victim(int round) {
        return round == 0
                ? brokers.leader(installation.topics().names().submissions(), random.nextInt(Installation.PARTITIONS))
                : random.nextInt(brokers.size());
    }

    private void assertReady() {
        Awaitility.await("readiness after the faults")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    assertThat(installation
                                    .ingest()
                                    .get("/observe/health/ready")
                                    .statusCode())
                            .isEqualTo(200);
                    assertThat(installation
                                    .processor()
                                    .get("/observe/health/ready")
                                    .statusCode())
                            .isEqualTo(200);
                });
    }
}
