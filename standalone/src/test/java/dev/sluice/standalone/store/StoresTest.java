package dev.sluice.standalone.store;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.standalone.command.CommandFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {

    @Test
    void saysThatTheStoreIsElsewhereAndHowToNameItTogetherWithTheFolder(@TempDir Path folder) {
        Stores stores = new Stores("", folder.resolve("mongodb"), folder.resolve("log"), folder.resolve("store.mv"));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(stores::startPresent)
                .withMessageContaining("holds no store")
                .withMessageEndingWith("say where with --data " + folder + " --mongodb URI");
    }

    @Test
    void saysThatWhatIsGivenIsNoConnectionString() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> new GivenStore("localhost:27017"))
                .withMessageStartingWith("--mongodb is not a connection string");
    }
}
