package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.standalone.command.AnnouncedAddress;
import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path directory;

    @Test
    void isOpenToItsOwnerOnly() throws Exception {
        Path data = directory.resolve("new/data");

        try (DataFolder folder = DataFolder.open(data)) {
            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(folder.log().getParent()).isEqualTo(data.resolve("logs")).isDirectory();
        }
    }

    @Test
    void closesAnEmptyFolderAndItsOwnToOthers() throws Exception {
        for (int i = 0; i < 2; i++) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

            DataFolder.open(directory).close();

            assertThat(mode(directory)).isEqualTo("rwx------");
        }
    }

    @Test
    void leavesTheModeOfAFolderWithOtherThingsInIt() throws Exception {
        Files.writeString(directory.resolve("notes.txt"), "mine");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        DataFolder.open(directory).close();

        assertThat(mode(directory)).isEqualTo("rwxr-xr-x");
        assertThat(mode(directory.resolve("kafka"))).isEqualTo("rwx------");
        assertThat(mode(directory.resolve("logs"))).isEqualTo("rwx------");
    }

    @Test
    void writesSecretsThatOnlyTheirOwnerReads() throws Exception {
        try (DataFolder folder = DataFolder.open(directory)) {
            folder.writeSecret(folder.adminToken(), "first");
            folder.writeSecret(folder.adminToken(), "second");

            assertThat(folder.adminToken()).hasContent("second");
            assertThat(mode(folder.adminToken())).isEqualTo("rw-------");
        }
    }

    @Test
    void saysWhichProcessHasItOpen() throws Exception {
        try (DataFolder first = DataFolder.open(directory)) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> DataFolder.open(directory))
                    .withMessageContaining(directory.toString())
                    .withMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(first.log()).isNotNull();
        }

        DataFolder.open(directory).close();
    }

    @Test
    void saysThatItIsNotAFolder() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessageContaining("is not a folder");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> DataFolder.open(file.resolve("below")))
                .withMessageContaining(file.toString());
    }

    @Test
    void isNotSaidToBeNoneIfItCannotBeSeen() throws Exception {
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> FolderBacking.open(loop, "audit"))
                .withMessageStartingWith("cannot look into the folder " + loop + ": ");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> FolderBacking.open(directory, "audit"))
                .withMessage(directory + " is not a Sluice data folder");
    }

    @Test
    void takesItsWordOnAddressesBackWhenItIsClosed() throws Exception {
        Path kafka = directory.resolve("kafka.address");
        Path store = directory.resolve("store.address");
        try (DataFolder folder = DataFolder.open(directory)) {
            folder.announce(AnnouncedAddress.KAFKA, "127.0.0.1:9");
            folder.announce(AnnouncedAddress.STORE, "mongodb://u:secret@127.0.0.1:9/sluice");
            assertThat(kafka).hasContent("127.0.0.1:9");
            assertThat(AnnouncedAddress.KAFKA.find(directory)).contains("127.0.0.1:9");
            assertThat(AnnouncedAddress.API.find(directory)).isEmpty();
            assertThat(mode(store)).isEqualTo("rw-------");
        }

        assertThat(kafka).doesNotExist();
        assertThat(store).doesNotExist();
    }

    @Test
    void doesNotBelieveWhatAKilledProcessHasLeft() throws Exception {
        Files.writeString(directory.resolve("lock"), "1");
        Files.writeString(directory.resolve("kafka.address"), "127.0.0.1:9");

        assertThat(AnnouncedAddress.KAFKA.find(directory)).isEmpty();
        try (DataFolder folder = DataFolder.open(directory)) {
            assertThat(folder.adminToken().resolveSibling("kafka.address")).doesNotExist();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
