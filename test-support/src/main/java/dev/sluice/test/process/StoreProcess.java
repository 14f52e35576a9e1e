package dev.sluice.test.process;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.bson.Document;

/**
 * An embedded store as a process of its own. It writes to its file several times a second: one that is killed comes back as it was a
 * moment before, as a whole, like a database that was restored from a backup.
 */
public final class StoreProcess implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final Path file;
    private final int port = FreePort.next();
    private ChildJvm process;

    private StoreProcess(Path file) {
        this.file = file;
        this.process = launch();
    }

    /** Starts it and returns when it answers. */
    public static StoreProcess start(Path file) {
        StoreProcess store = new StoreProcess(file);
        store.awaitReady();
        return store;
    }

    /** Its connection string, with a database. */
    public String uri(String database) {
        return "mongodb://127.0.0.1:" + port + "/" + database;
    }

    /** Its port, for proxies. */
    public int port() {
        return port;
    }

    public ChildJvm process() {
        return process;
    }

    /** Starts it again after its end, on its file and its port, and returns when it answers. */
    public void restart() {
        process = launch();
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildJvm launch() {
        return ChildJvm.start(Launch.of("store", StoreMain.class.getName())
                .withArguments(List.of(file.toString(), Integer.toString(port))));
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
