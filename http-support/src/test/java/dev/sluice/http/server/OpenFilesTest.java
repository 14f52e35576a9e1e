package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({
        "128, 90, 0",
        "256, 90, 38",
        "512, 130, 254",
        "1024, 130, 766",
        "4096, 130, 3072",
        "9000000000, 1, 2147483647"
    })
    void leavesRoomForWhatIsOpenAndWhatIsYetToBeOpened(long files, long open, int connections) {
        assertThat(OpenFiles.room(files, open)).isEqualTo(connections);
    }
}
