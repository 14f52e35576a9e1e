package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ChildJvm;
import dev.sluice.test.process.Launch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder for temporary files from which no library can be loaded: records in some compressions could not be read. */
class NoExecIT {

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** Where no file system may be mounted, the test is skipped and says so. */
    @Test
    void startsNothingThatCouldNotReadEveryRecord() throws Exception {
        MountedFolder temporary = new MountedFolder(folder.resolve("temporary"), "noexec");
        temporary.requirePossible("NoExecIT");

        assertThat(lastLines(temporary, "dev.sluice.ingest.IngestApplication")).contains("Not started: ");
        assertThat(lastLines(temporary, "dev.sluice.processor.SessionProcessorApplication"))
                .contains("Not started: ");
        String data = folder.resolve("data").toString();
        assertThat(lastLines(
                        temporary,
                        "dev.sluice.standalone.Sluice",
                        "start",
                        "--data",
                        data,
                        "--port",
                        "0",
                        "--kafka-port",
                        "0"))
                .contains("sluice: cannot start: ");
    }

    private static String lastLines(MountedFolder temporary, String mainClass, String... arguments) {
        Launch launch = Launch.of("noexec", mainClass)
                .withShell(temporary.shell())
                .withJvmOptions(List.of("-Djava.io.tmpdir=" + temporary.folder()))
                .withEnvironment(Map.of("SLUICE_HTTP_PORT", "0", "SLUICE_KAFKA", "localhost:1"))
                .withArguments(List.of(arguments));
        try (ChildJvm process = ChildJvm.start(launch)) {
            assertThat(process.awaitExit(ENDS_WITHIN)).isEqualTo(1);
            assertThat(process.lastLines())
                    .contains(
                            "records compressed with snappy or zstd ",
                            "cannot be loaded from " + temporary.folder()
                                    + ": make that folder writable and mount it without noexec");
            return process.lastLines();
        }
    }
}
