package dev.sluice.test.process;

import dev.sluice.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs an embedded store as a separate process. Arguments: its file and its port. */
final class StoreMain {

    private static final int FLUSHED_EVERY_MILLIS = 200;

    private StoreMain() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedStore store = EmbeddedStore.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("listening at " + store.uri());
        try (ScheduledExecutorService flushing = Executors.newSingleThreadScheduledExecutor()) {
            flushing.scheduleWithFixedDelay(
                            store::flush, FLUSHED_EVERY_MILLIS, FLUSHED_EVERY_MILLIS, TimeUnit.MILLISECONDS)
                    .get();
        }
    }
}
