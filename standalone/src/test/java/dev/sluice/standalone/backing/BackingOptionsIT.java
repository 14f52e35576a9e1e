package dev.sluice.standalone.backing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.standalone.start.DataFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BackingOptionsIT {

    @TempDir
    private Path folder;

    /** A rebuild waits longer before it drops anything from a store that others may use. */
    @Test
    void takesWhatIsNamedRatherThanWhatIsInTheFolder() throws Exception {
        DataFolder.open(folder).close();
        EmbeddedStore.start(folder.resolve("store.mv"), 0).close();
        String data = "--data=" + folder;
        try (EmbeddedStore store = EmbeddedStore.startInMemory()) {
            String named = store.uri() + "/named";
            try (Backing open = open(data, "--kafka=a:1", "--mongodb=" + named)) {
                assertThat(open.kafka()).containsEntry("bootstrap.servers", "a:1");
                assertThat(open.mongodb()).isEqualTo(named);
                assertThat(open.isStoreShared()).isTrue();
            }
            try (Backing open = open(data, "--kafka=a:1")) {
                assertThat(open.mongodb()).doesNotStartWith(store.uri());
                assertThat(open.isStoreShared()).isFalse();
            }
            try (Backing open = open("--kafka=a:1", "--mongodb=" + named)) {
                assertThat(open.mongodb()).isEqualTo(named);
                assertThat(open.isStoreShared()).isTrue();
            }
        }
    }

    private static Backing open(String... arguments) {
        return CommandLine.populateCommand(new BackingOptions(), arguments).open("test");
    }
}
