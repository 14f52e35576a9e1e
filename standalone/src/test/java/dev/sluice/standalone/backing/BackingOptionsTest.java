package dev.sluice.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.standalone.command.DefaultFolder;
import dev.sluice.standalone.start.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class BackingOptionsTest {

    @TempDir
    private Path folder;

    @Test
    void asksWhetherTheDefaultFolderIsMeantIfTheStoreThatNobodyNamedCannotBeUsed() throws IOException {
        assertThat(options("--kafka", "a:1").unusable("gone")).hasMessage("gone");
        DataFolder.open(folder).close();

        assertThat(options("--kafka", "a:1").unusable("gone")).hasMessage("gone; did you mean --data " + folder + "?");
        assertThat(options("--mongodb", "mongodb://a").unusable("gone")).hasMessage("gone");
        assertThat(options("--data", "other").unusable("gone")).hasMessage("gone");
    }

    @Test
    void takesTheDefaultFolderOnlyIfNothingSaysWhatIsMeant() throws IOException {
        DataFolder.open(folder).close();

        assertThat(options().folder()).isEqualTo(folder);
        assertThat(options("--data", "other").folder()).isEqualTo(Path.of("other"));
        assertThat(List.of("--kafka=a:1", "--kafka-properties=b", "--topic-prefix=c", "--mongodb=mongodb://d"))
                .allSatisfy(given -> assertThat(options(given).folder()).isNull());
    }

    private BackingOptions options(String... arguments) {
        Tool tool = new Tool(new BackingOptions(new DefaultFolder(folder)));
        new CommandLine(tool).setErr(new PrintWriter(new StringWriter())).parseArgs(arguments);
        return tool.backing;
    }

    @Command
    private static final class Tool {

        @Mixin
        private final BackingOptions backing;

        private Tool(BackingOptions backing) {
            this.backing = backing;
        }
    }
}
