package dev.sluice.standalone.store;

import dev.sluice.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * Speaks MongoDB's protocol on the port given to a mongod, and prints its process id. As a mongod does, it refuses a
 * folder that another one is using; one that is told to stop slowly has it in use until it has been refused to another.
 */
final class FakeMongod {

    private static final String IN_USE =
            "{\"s\":\"E\",\"c\":\"CONTROL\",\"id\":20557,\"msg\":\"DBException in initAndListen, terminating\","
                    + "\"attr\":{\"error\":\"DBPathInUse: Unable to lock the lock file\"}}\n";

    private FakeMongod() {}

    static Path stopsSlowly(Path data) {
        return data.resolve("stops-slowly");
    }

    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        Path data = Path.of(given.get(given.indexOf("--dbpath") + 1));
        int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
        Path slowly = stopsSlowly(data);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.notExists(slowly))));
        try (EmbeddedStore store = EmbeddedStore.start(data.resolve("store.mv"), port)) {
            System.out.println(ProcessHandle.current().pid());
            System.out.flush();
            Thread.currentThread().join();
            store.flush();
        } catch (IOException e) {
            Files.writeString(Path.of(given.get(given.indexOf("--logpath") + 1)), IN_USE);
            Files.deleteIfExists(slowly);
            System.exit(100);
        }
    }
}
