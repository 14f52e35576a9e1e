package dev.sluice.standalone.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A process with a store of its own, which prints when the store is ready. Arguments: a folder for the data, and the search path. */
public final class StoreOwner {

    private StoreOwner() {}

    public static void main(String[] arguments) throws Exception {
        stores(Path.of(arguments[0]), null, arguments[1]).start();
        System.out.println("ready");
        Thread.currentThread().join();
    }

    static Stores stores(Path directory, @Nullable String given, String path) {
        return new Stores(
                given,
                path,
                directory.resolve("mongodb"),
                directory.resolve("mongod.log"),
                directory.resolve("store.mv"));
    }
}
