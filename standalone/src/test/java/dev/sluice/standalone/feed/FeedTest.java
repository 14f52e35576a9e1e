package dev.sluice.standalone.feed;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For each test a folder, a server, and a run of the command that feeds it. */
abstract class FeedTest {

    @TempDir
    Path folder;

    FeedRun run;
    FeedServer server;
    Path file;

    @BeforeEach
    void start() throws IOException {
        run = new FeedRun(folder);
        server = run.server();
        file = run.file();
    }

    @AfterEach
    void stop() {
        run.close();
    }
}
