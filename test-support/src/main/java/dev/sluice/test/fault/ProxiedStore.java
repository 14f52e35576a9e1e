package dev.sluice.test.fault;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ServerDescription;
import dev.sluice.test.TestMongo;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.Assumptions;

/** A fresh database of the store that the tests share, with a {@link FaultProxy} on one of two ways to it. No write is retried there. */
public final class ProxiedStore implements AutoCloseable {

    private final String database;
    private final MongoClient direct;
    private final FaultProxy proxy;
    private final MongoClient proxied;

    private ProxiedStore(ConnectionString uri) {
        this.database = Objects.requireNonNull(uri.getDatabase());
        this.direct = MongoClients.create(uri);
        ServerAddress primary = primary(direct);
        this.proxy = FaultProxy.ofMongo(primary.getHost(), primary.getPort());
        this.proxied = through(proxy, uri);
    }

    /** Skips the test if the store speaks only TLS, of which the proxy understands nothing. */
    public static ProxiedStore of(Class<?> test) {
        ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(test));
        if (Boolean.TRUE.equals(uri.getSslEnabled())) {
            String skipped = test.getSimpleName()
                    + " is SKIPPED: the given store speaks TLS, in which the proxy finds no messages";
            System.out.println(skipped);
            Assumptions.abort(skipped);
        }
        return new ProxiedStore(uri);
    }

    /** The database, past the proxy. */
    public MongoDatabase direct() {
        return direct.getDatabase(database);
    }

    /** The database, through the proxy. */
    public MongoDatabase proxied() {
        return proxied.getDatabase(database);
    }

    public Hooks hooks() {
        return proxy.hooks();
    }

    private static ServerAddress primary(MongoClient client) {
        // Returns once the driver has found the primary.
        client.getDatabase("admin").runCommand(new Document("ping", 1));
        return client.getClusterDescription().getServerDescriptions().stream()
                .filter(ServerDescription::isPrimary)
                .map(ServerDescription::getAddress)
                .findFirst()
                .orElseThrow();
    }

    private static MongoClient through(FaultProxy proxy, ConnectionString uri) {
        // After a made-up "not primary" the driver waits for the server's next heartbeat, which by default comes within
        // ten seconds.
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://" + proxy.address()
                        + "/?directConnection=true&retryWrites=false&heartbeatFrequencyMS=500"));
        if (uri.getCredential() != null) {
            settings.credential(uri.getCredential());
        }
        return MongoClients.create(settings.build());
    }

    @Override
    public void close() {
        proxied.close();
        proxy.close();
        direct.close();
    }
}
