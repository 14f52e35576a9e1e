package dev.sluice.test.process;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.embedded.FreePorts;
import dev.sluice.embedded.StoreNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.bson.Document;

/**
 * An embedded store as a separate process. It writes to its file several times a second: after a kill it comes back in
 * a consistent state from a moment before, like a database restored from a backup.
 */
public final class StoreProcess implements AutoCloseable {

    private static final String FLUSHED_EVERY_MILLIS = "200";
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final Path file;
    private final int port = FreePorts.next();
    private ChildJvm process;

    private StoreProcess(Path file) {
        this.file = file;
        this.process = launch();
    }

    /** Starts the store and returns when it responds. */
    public static StoreProcess start(Path file) {
        StoreProcess store = new StoreProcess(file);
        store.awaitReady();
        return store;
    }

    public String uri(String database) {
        return "mongodb://127.0.0.1:" + port + "/" + database;
    }

    public int port() {
        return port;
    }

    public ChildJvm process() {
        return process;
    }

    /** Restarts the store after its end on the same file and port, and returns when it responds. */
    public void restart() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildJvm launch() {
        return ChildJvm.start(Launch.of("store", StoreNode.class.getName())
                .withArguments(List.of(file.toString(), Integer.toString(port), FLUSHED_EVERY_MILLIS)));
    }

    private void awaitReady() {
        try (MongoClient client = MongoClients.create(uri("admin") + "?serverSelectionTimeoutMS=500")) {
            Awaitility.await("an answer of " + process).atMost(READY_WITHIN).until(() -> {
                try {
                    client.getDatabase("admin").runCommand(new Document("ping", 1));
                    return true;
                } catch (MongoException e) {
                    return false;
                }
            });
        }
    }
}
