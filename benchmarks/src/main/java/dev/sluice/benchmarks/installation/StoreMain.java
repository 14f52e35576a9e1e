package dev.sluice.benchmarks.installation;

import dev.sluice.benchmarks.process.Said;
import dev.sluice.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Runs an embedded store as a separate process. Arguments: its file and its port. */
final class StoreMain {

    private static final Duration FLUSH_EVERY = Duration.ofSeconds(1);

    private StoreMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedStore store = EmbeddedStore.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close, "stop-the-store"));
        Said.say("ready", Map.of());
        // Without flushing, all data would stay in memory. In a standalone the processor does this.
        while (true) {
            Thread.sleep(FLUSH_EVERY);
            store.flush();
        }
    }
}
