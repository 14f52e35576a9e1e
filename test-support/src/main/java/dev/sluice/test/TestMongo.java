package dev.sluice.test;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * The store that all integration tests of this JVM share, started on first use: the one that SLUICE_TEST_MONGODB names,
 * else one in a container if Docker is available, else an embedded one on disk.
 */
public final class TestMongo {

    private static final Logger LOG = LoggerFactory.getLogger(TestMongo.class);
    private static final String VARIABLE = "SLUICE_TEST_MONGODB";
    static final String IMAGE = "mongo:8.0";

    private TestMongo() {}

    public static String uri() {
        return Shared.URI;
    }

    /** The connection string for a database that no other test uses. It is dropped when the JVM exits, unless the store ends then too. */
    public static String freshDatabase(Class<?> test) {
        String database = UniqueName.of(test);
        if (!Chosen.given(VARIABLE).isBlank()) {
            Databases.MADE.add(database);
        }
        return withDatabase(uri(), database);
    }

    static String withDatabase(String uri, String database) {
        String moved = uri.replaceFirst("(?<=//)([^/?]+)(/[^?]*)?", "$1/" + database);
        MongoCredential user = new ConnectionString(uri).getCredential();
        // The driver looks up the user in the connection string's database unless authSource names another.
        return user == null || moved.toLowerCase(Locale.ROOT).contains("authsource=")
                ? moved
                : moved + (moved.contains("?") ? "&" : "?") + "authSource=" + user.getSource();
    }

    private static final class Databases {

        private static final Queue<String> MADE = new ConcurrentLinkedQueue<>();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(Databases::drop));
        }

        private static void drop() {
            MongoClientSettings settings = MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(uri()))
                    .timeout(10, TimeUnit.SECONDS)
                    .build();
            try (MongoClient client = MongoClients.create(settings)) {
                MADE.forEach(database -> client.getDatabase(database).drop());
            } catch (MongoException e) {
                LOG.warn("Databases of the tests could not be dropped", e);
            }
        }
    }

    // A holder class, so that nothing starts before the first test asks.
    private static final class Shared {

        private static final String URI =
                Chosen.address("MongoDB", VARIABLE, Shared::startContainer, Shared::startEmbedded);

        private static String startContainer() {
            // Testcontainers removes the container when the JVM exits.
            @SuppressWarnings("resource")
            MongoDBContainer container = new MongoDBContainer(IMAGE).withReplicaSet();
            container.start();
            return container.getConnectionString();
        }

        private static String startEmbedded() {
            try {
                Path folder = TemporaryFolder.create("store");
                EmbeddedStore store = EmbeddedStore.start(folder.resolve("store.mv"), 0);
                TemporaryFolder.atExit(store, folder);
                return store.uri();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
