package dev.sluice.standalone.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A process with a store of its own, which prints when the store is ready and when it begins to stop; it has stopped once the file "stops-slowly"
 * is gone. Arguments: a folder for the data, and the search path.
 */
public final class StoreOwner {

    private StoreOwner() {}

    public static void main(String[] arguments) throws Exception {
        Path slowly = stopsSlowly(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            System.out.println("stopping");
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.notExists(slowly));
        }));
        stores(Path.of(arguments[0]), arguments[1]).start();
        System.out.println("ready");
        Thread.currentThread().join();
    }

    static Path stopsSlowly(Path directory) {
        return directory.resolve("stops-slowly");
    }

    static Stores stores(Path directory, String path) {
        return new Stores(
                path, directory.resolve("mongodb"), directory.resolve("mongod.log"), directory.resolve("store.mv"));
    }
}
