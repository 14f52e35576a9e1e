package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StandaloneProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void drainsTheStandalone(@TempDir Path data) {
        int rounds = Faults.rounds(1, 10);
        StandaloneProcess sluice = StandaloneProcess.in(data);
        try (ServiceProcess standalone = sluice.start(List.of())) {
            standalone.awaitReady();
            try (Workload workload = new Workload(Faults.seed(), standalone.address(), sluice.token(), 4_000).start()) {
                for (int i = 0; i < rounds; i++) {
                    workload.awaitMoreAccepted(60);
                    terminateAndStart(standalone);
                }

                Reckoning.of(workload.settle(), sluice, standalone, sluice.token())
                        .drained()
                        .holds("SIGTERM for the standalone " + rounds + " x");
            }
        }
    }

    private static void terminateAndStart(ServiceProcess service) {
        service.process().terminate();
        assertThat(service.process().awaitExit(GONE_WITHIN)).isEqualTo(ENDED_BY_SIGTERM);
        service.restart();
        service.awaitReady();
    }
}
