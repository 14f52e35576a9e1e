package dev.sluice.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.standalone.command.CommandFailure;
import java.nio.file.Files;
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
    void saysThatTheStoreIsOfAMongodThatIsNotThereRatherThanStartAnEmptyOne(@TempDir Path folder) throws Exception {
        Path ofMongod = Files.createDirectory(folder.resolve("mongodb"));
        Path file = folder.resolve("store.mv");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(new Stores("", ofMongod, folder.resolve("log"), file)::startPresent)
                .withMessage("the store in " + ofMongod + " is a mongod's, and there is no mongod on the PATH");

        assertThat(file).doesNotExist();
    }

    @Test
    void saysThatWhatIsGivenIsNoConnectionString() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> new GivenStore("localhost:27017"))
                .withMessage(
                        "--mongodb is not a connection string: expected mongodb://USER:PASSWORD@HOST:PORT/DATABASE");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> new GivenStore("mongodb://localhost:x"))
                .withMessageStartingWith("--mongodb is not a connection string: ")
                .withMessageContaining("port");
    }
}
