package dev.sluice.processor.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoSecurityException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** How the processor talks to MongoDB: journaled majority writes, reads from the primary, every operation within a bounded time. */
public final class MongoConnection {

    private static final int SERVER_SELECTION_MILLIS = 2_000;

    private MongoConnection() {}

    /**
     * A client that connects in the background; it can be made while MongoDB is away.
     *
     * @param operationTimeout what any operation may take in all
     */
    public static MongoClient open(ConnectionString uri, Duration operationTimeout) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applicationName("sluice-session-processor")
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readPreference(ReadPreference.primary())
                .timeout(operationTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .applyToClusterSettings(cluster -> {
                    cluster.serverSelectionTimeout(SERVER_SELECTION_MILLIS, TimeUnit.MILLISECONDS);
                    // Who asks for just that (directConnection=true) knows.
                    if (uri.isDirectConnection() == null) {
                        cluster.addClusterListener(new OneMemberWarning());
                    }
                })
                .applyToSocketSettings(socket -> socket.connectTimeout(SERVER_SELECTION_MILLIS, TimeUnit.MILLISECONDS))
                .build());
    }

    /** Whether a server that takes writes is known now, going by the driver's own heartbeats. */
    public static boolean isUp(MongoClient client) {
        return client.getClusterDescription().getServerDescriptions().stream().anyMatch(MongoConnection::takesWrites);
    }

    /** Why none is known, as far as the driver has found out, in words that the open health page may say. */
    public static String trouble(MongoClient client) {
        return trouble(client.getClusterDescription());
    }

    static String trouble(ClusterDescription cluster) {
        return cluster.getServerDescriptions().stream()
                .flatMap(server -> Stream.iterate(server.getException(), Objects::nonNull, Throwable::getCause))
                .flatMap(failure -> sentence(failure).stream())
                .findFirst()
                .orElse(
                        isBoundToAnotherThanThePrimary(cluster)
                                ? "the one MongoDB server that the connection string names is not its replica set's primary:"
                                        + " name the replica set (replicaSet=), so that whichever is the primary is found"
                                : "no MongoDB server that takes writes is known");
    }

    private static boolean isBoundToAnotherThanThePrimary(ClusterDescription cluster) {
        return OneMemberWarning.onlyMember(cluster)
                .filter(member -> !member.isPrimary())
                .isPresent();
    }

    private static Optional<String> sentence(Throwable failure) {
        return switch (failure) {
            case SSLException untrusted -> Optional.of("no TLS with MongoDB: " + untrusted.getMessage());
            case MongoSecurityException _ -> Optional.of("MongoDB does not accept the user and password");
            default -> Optional.empty();
        };
    }

    private static boolean takesWrites(ServerDescription server) {
        return server.isOk() && (server.isPrimary() || server.isStandAlone() || server.isShardRouter());
    }
}
