package dev.sluice.endtoend.faults;

import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StandaloneProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM for a standalone under load. */
class TerminatedStandaloneIT {

    @Test
    void drainsTheStandalone(@TempDir Path data) {
        int rounds = Faults.rounds(1, 10);
        StandaloneProcess sluice = StandaloneProcess.in(data);
        try (ServiceProcess standalone = sluice.start(List.of())) {
            standalone.awaitReady();
            try (Workload workload = new Workload(Faults.seed(), standalone.address(), sluice.token(), 4_000).start()) {
                for (int i = 0; i < rounds; i++) {
                    workload.awaitMoreAccepted(60);
                    TerminatedIT.terminateAndStart(standalone);
                }

                Reckoning.of(workload.settle(), sluice, standalone, sluice.token())
                        .drained()
                        .holds("SIGTERM for the standalone " + rounds + " x");
            }
        }
    }
}
