package dev.sluice.standalone.store;

import dev.sluice.embedded.EmbeddedStore;
import java.nio.file.Path;
import java.util.List;

/** Speaks MongoDB's protocol on the port given to a mongod, and prints its process id. */
final class FakeMongod {

    private FakeMongod() {}

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        Path data = Path.of(given.get(given.indexOf("--dbpath") + 1));
        int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
        try (EmbeddedStore store = EmbeddedStore.start(data.resolve("store.mv"), port)) {
            System.out.println(ProcessHandle.current().pid());
            System.out.flush();
            Thread.currentThread().join();
            store.flush();
        }
    }
}
