package dev.sluice.standalone.command;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.process.ChildJvm;
import dev.sluice.test.process.Launch;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveLockIT {

    @Test
    void waitsForAnotherProcessThatHoldsIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("lock");
        Thread waiting = Thread.currentThread();
        try (ChildJvm owner = ChildJvm.start(
                        Launch.of("lock-owner", LockOwner.class.getName()).withArguments(List.of(file.toString())));
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Awaitility.await().until(() -> owner.lastLines().contains("locked"));
            assertThat(ExclusiveLock.on(channel, Duration.ZERO)).isNull();

            Thread.startVirtualThread(() -> {
                Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                owner.kill();
            });

            assertThat(ExclusiveLock.on(channel, PATIENCE)).isNotNull();
        }
    }
}
