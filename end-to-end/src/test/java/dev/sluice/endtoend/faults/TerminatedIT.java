package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ServiceProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** SIGTERM during work: requests in progress are completed, what was acknowledged stays, and the process exits in time. */
class TerminatedIT {

    private static final Duration GONE_WITHIN = Duration.ofSeconds(30);
    private static final int ENDED_BY_SIGTERM = 143;

    @Test
    void drainsIngestApiAndSessionProcessor() {
        Installation installation = Installation.shared();
        int rounds = Faults.rounds(1, 15);
        try (Workload workload = installation.workload(3_000).start()) {
            for (int i = 0; i < rounds; i++) {
                workload.awaitMoreAccepted(40);
                terminateAndStart(installation.ingest());
                workload.awaitMoreAccepted(40);
                terminateAndStart(installation.processor());
            }

            installation
                    .reckoning(workload.settle())
                    .drained()
                    .holds("SIGTERM for ingest-api and for session-processor " + rounds + " x each");
        }
    }

    static void terminateAndStart(ServiceProcess service) {
        service.process().terminate();
        assertThat(service.process().awaitExit(GONE_WITHIN)).isEqualTo(ENDED_BY_SIGTERM);
        service.restart();
        service.awaitReady();
    }
}
