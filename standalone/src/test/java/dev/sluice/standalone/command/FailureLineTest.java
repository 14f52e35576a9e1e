package dev.sluice.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FailureLineTest {

    @Test
    void saysWhatIsWrongWithAFileWhoseFailureOnlyNamesIt() {
        assertThat(FailureLine.reason(new AccessDeniedException("/a/b"))).isEqualTo("access to /a/b is denied");
        assertThat(FailureLine.reason(new NoSuchFileException("/a/b"))).isEqualTo("there is no /a/b");
        assertThat(FailureLine.reason(new FileSystemException("/a/b", null, "No space left on device")))
                .isEqualTo("/a/b: No space left on device");
        assertThat(FailureLine.reason(new IOException("the array ends"))).isEqualTo("the array ends");
    }
}
