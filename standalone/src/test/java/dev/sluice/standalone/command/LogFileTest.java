package dev.sluice.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.sluice.http.api.AuditTrail;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    private final LoggerContext context = new LoggerContext();

    @TempDir
    private Path folder;

    @BeforeEach
    void takeParameters() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void keepsTheAuditTrailInAFileOfItsOwnToo() {
        Path all = folder.resolve("all.log");
        Path trail = folder.resolve("trail.log");
        LogFile.use(context, all);
        LogFile.addAuditTrail(context, trail);

        context.getLogger(AuditTrail.LOG_NAME).info("token-made");
        context.getLogger("dev.sluice.processor").info("something else");

        assertThat(trail).content().contains("token-made").doesNotContain("something else");
        assertThat(all).content().contains("token-made", "something else");
    }
}
