package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedStateTest {

    private static final String JSON =
            "{\"target\":\"http://h project 1\",\"key\":\"k\",\"fingerprint\":\"f\",\"line\":5,\"accepted\":3,"
                    + "\"rejected\":2,\"rejectedBytes\":20,\"errorsBytes\":30,\"complete\":true}";

    @Test
    void isKeptAsFlatJsonWhichAnUpgradeMustNotChangeInTheMiddleOfAFeed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("state"), JSON);
        FeedState state =
                new FeedState("http://h project 1", "k", "f", null, new FeedState.Reached(5, 3, 2, 20, 30), true);

        assertThat(FeedState.read(file)).contains(state);
        state.write(file);
        assertThat(file).hasContent(JSON);
    }
}
