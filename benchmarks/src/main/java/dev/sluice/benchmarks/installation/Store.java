package dev.sluice.benchmarks.installation;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.benchmarks.process.ChildProcess;
import dev.sluice.benchmarks.process.Launch;
import dev.sluice.benchmarks.process.Patience;
import dev.sluice.embedded.FreePorts;
import dev.sluice.embedded.StoreNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The store: the given MongoDB, else a {@code mongod} on the PATH, else the embedded one. */
public final class Store implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final String FLUSHED_EVERY_MILLIS = "1000";
    private static final String LOOPBACK = "mongodb://127.0.0.1:";

    private final String uri;
    private final @Nullable ChildProcess process;
    private final boolean real;
    private final MongoClient client;

    private Store(String uri, @Nullable ChildProcess process, boolean real) {
        this.uri = uri;
        this.process = process;
        this.real = real;
        this.client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(1, TimeUnit.SECONDS))
                .build());
    }

    /** Starts the store if necessary, and returns when it responds. */
    public static Store open(Optional<String> given, Path folder) throws IOException {
        if (given.isPresent()) {
            return new Store(given.get(), null, true).awaited();
        }
        Files.createDirectories(folder);
        Optional<Path> mongod = onPath("mongod");
        return mongod.isPresent() ? mongod(mongod.get(), folder) : embedded(folder);
    }

    /** Whether this is a real MongoDB rather than the embedded store. */
    public boolean isReal() {
        return real;
    }

    public String database(String name) {
        return withDatabase(uri, name);
    }

    static String withDatabase(String uri, String name) {
        String moved = uri.replaceFirst("(?<=//)([^/?]+)(/[^?]*)?", "$1/" + name);
        MongoCredential user = new ConnectionString(uri).getCredential();
        // The driver looks up the user in the connection string's database unless authSource names another.
        return user == null || moved.toLowerCase(Locale.ROOT).contains("authsource=")
                ? moved
                : moved + (moved.contains("?") ? "&" : "?") + "authSource=" + user.getSource();
    }

    /** The client of the suite, which waits at most a second for the server. */
    public MongoClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        if (process != null) {
            process.close();
        }
    }

    private static Store mongod(Path mongod, Path folder) {
        int port = FreePorts.next();
        List<String> command = List.of(
                mongod.toString(),
                "--dbpath=" + folder,
                "--bind_ip=127.0.0.1",
                "--port=" + port,
                "--nounixsocket",
                "--wiredTigerCacheSizeGB=1");
        return new Store(LOOPBACK + port, ChildProcess.start(new Launch("mongod", command, Map.of())), true).awaited();
    }

    private static Store embedded(Path folder) {
        int port = FreePorts.next();
        ChildProcess process = ChildProcess.start(Launch.ofOurs(
                "store",
                StoreNode.class,
                List.of("-Xmx2g", "-Dlogback.configurationFile=logback-bench.xml"),
                List.of(folder.resolve("store.mv").toString(), Integer.toString(port), FLUSHED_EVERY_MILLIS)));
        return new Store(LOOPBACK + port, process, false).awaited();
    }

    private Store awaited() {
        try {
            Patience.await("an answer of the store", READY_WITHIN, this::answers);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private boolean answers() {
        try {
            client.getDatabase("admin").runCommand(new Document("ping", 1));
            return true;
        } catch (MongoException _) {
            return false;
        }
    }

    private static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
