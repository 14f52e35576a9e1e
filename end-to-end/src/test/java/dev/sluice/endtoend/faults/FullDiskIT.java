package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ServiceProcess;
import dev.sluice.test.process.StandaloneProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk under the standalone's log: submissions are refused in time if that is foreseeable, and nothing is lost if it is not. */
class FullDiskIT {

    private static final Duration FULL_WITHIN = Duration.ofSeconds(90);
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int LONG_TEXT = 400_000;

    @TempDir
    private Path data;

    /** Uses a small in-memory file system, which requires user namespaces; without them the test is skipped and says so. */
    @Test
    void refusesSubmissionsWhileThereIsLittleRoomAndTakesThemAgainAfterwards() throws Exception {
        smallDisk().requirePossible("FullDiskIT.refusesSubmissionsWhileThereIsLittleRoom");
        StandaloneProcess sluice = StandaloneProcess.in(data);
        try (ServiceProcess standalone = sluice.start(smallDisk().shell())) {
            standalone.awaitReady();
            String token = sluice.token();
            try (Workload workload = new Workload(Faults.seed(), standalone.address(), token, 9_000).start()) {
                workload.awaitMoreAccepted(20);
                // Mounted for that process only.
                Path filler = Path.of("/proc/" + standalone.process().pid() + "/root" + data.resolve("kafka/filler"));
                fill(filler, 200);
                workload.awaitMoreUnavailable(20);
                assertThat(standalone.get("/observe/health/ready").body()).contains("expected at least 128");
                assertThat(standalone.isReady()).isFalse();
                Files.delete(filler);
                workload.awaitMoreAccepted(20);
                standalone.awaitReady();

                Reckoning.of(workload.settle(), sluice, standalone, token).holds("disk filled and emptied 1 x");
            }
        }
    }

    /**
     * A process limit (RLIMIT_FSIZE) makes writes fail although the disk has free space. Two starts take long, so the
     * short run includes this only where the other test cannot run.
     */
    @Test
    void losesNothingAcknowledgedWhenWritingFailsAndGoesOnAfterTheNextStart() throws Exception {
        if (!Faults.isLong() && smallDisk().isPossible()) {
            MountedFolder.skip(
                    "FullDiskIT.losesNothingAcknowledgedWhenWritingFails", "it is part of the long run (-Pfaults)");
        }
        StandaloneProcess sluice = StandaloneProcess.in(data);
        List<String> limited = List.of("bash", "-c", "ulimit -f $((11 * 1024)) && exec \"$0\" \"$@\"");
        Workload workload;
        try (ServiceProcess full = sluice.start(limited)) {
            full.awaitReady();
            workload = new Workload(Faults.seed(), full.address(), sluice.token(), 8_000, LONG_TEXT).start();
            full.process().awaitExit(FULL_WITHIN);
            // Broker and store write to files of their own: the limit stops whichever reaches it first.
            assertThat(Files.readString(full.process().log()))
                    .containsPattern("The embedded (Kafka broker|store) ends this process");
        }

        try (workload;
                ServiceProcess roomy = sluice.start(List.of())) {
            roomy.awaitReady();
            workload.awaitMoreAccepted(20);
            Reckoning.of(workload.settle(), sluice, roomy, sluice.token()).holds("writing to the disk failed 1 x");
        }
    }

    private MountedFolder smallDisk() {
        return new MountedFolder(data.resolve("kafka"), "size=288m");
    }

    private static void fill(Path file, int mebibytes) throws IOException {
        byte[] zeros = new byte[MEBIBYTE];
        try (OutputStream stream = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                stream.write(zeros);
            }
        } catch (IOException _) {
            // The file system is full, which is more than the test needs.
        }
    }
}
