package dev.sluice.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.standalone.command.DefaultFolder;
import dev.sluice.standalone.start.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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

    private BackingOptions options(String... arguments) {
        return CommandLine.populateCommand(new BackingOptions(new DefaultFolder(folder)), arguments);
    }
}
