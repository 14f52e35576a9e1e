package dev.sluice.embedded;

import java.nio.file.Path;

/**
 * Runs a store as a separate process, which flushes from time to time, as in a standalone the processor does. Arguments: its file, its port, and the milliseconds
 * between flushes.
 */
public final class StoreNode {

    private StoreNode() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedStore store = EmbeddedStore.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close, "stop-the-store"));
        System.out.println("listening at " + store.uri());
        while (true) {
            Thread.sleep(Long.parseLong(arguments[2]));
            store.flush();
        }
    }
}
