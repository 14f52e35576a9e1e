package dev.sluice.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureLineTest {

    @Test
    void saysWhatIsWrongWithAFileWhoseFailureOnlyNamesIt() {
        assertThat(FailureLine.reason(new AccessDeniedException("/a/b")))
                .isEqualTo("access to /a/b is denied to " + System.getProperty("user.name"));
        assertThat(FailureLine.reason(new NoSuchFileException("/a/b"))).isEqualTo("there is no /a/b");
        assertThat(FailureLine.reason(new FileSystemException("/a/b", null, "No space left on device")))
                .isEqualTo("/a/b: No space left on device");
        assertThat(FailureLine.reason(new MalformedInputException(1))).isEqualTo("it is not text in UTF-8");
        assertThat(FailureLine.reason(new EOFException())).isEqualTo("a file ends in the middle");
        assertThat(FailureLine.reason(new IOException("the array ends"))).isEqualTo("the array ends");
    }

    @Test
    void saysItAlsoOfAFailureThatNoCommandExpected() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Denied()).setErr(new PrintWriter(err, true));

        assertThat(command.setExecutionExceptionHandler(new FailureLine()).execute())
                .isEqualTo(1);

        assertThat(err)
                .hasToString("sluice: unexpected failure: access to /a/b is denied to "
                        + System.getProperty("user.name") + System.lineSeparator());
    }

    @Test
    void saysAllOfItOnOneLine() {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Denied()).setErr(new PrintWriter(err, true));

        new FailureLine()
                .handleExecutionException(new CommandFailure("there is no a\nb"), command, command.parseArgs());

        assertThat(err).hasToString("sluice: there is no a b" + System.lineSeparator());
    }

    @Command(name = "denied")
    private static final class Denied implements Callable<Integer> {

        @Override
        public Integer call() throws IOException {
            throw new AccessDeniedException("/a/b");
        }
    }
}
