package dev.sluice.processor.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
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

/** The connection to MongoDB: journaled majority writes, reads from the primary, bounded time for every operation. */
public final class MongoConnection {

    private static final int SERVER_SELECTION_MILLIS = 2_000;

    private static final String NOT_AUTHENTICATED = "MongoDB does not accept the user and password";

    private MongoConnection() {}

    /**
     * Creates a client that connects in the background, even if MongoDB is unavailable.
     *
     * @param operationTimeout the time limit of each operation as a whole
     */
    public static MongoClient open(ConnectionString uri, Duration operationTimeout) {
        return MongoClients.create(settings(uri, operationTimeout)
                .applyToClusterSettings(cluster -> {
                    // Whoever sets directConnection=true knows that already.
                    if (uri.isDirectConnection() == null) {
                        cluster.addClusterListener(new OneMemberWarning());
                    }
                })
                .build());
    }

    /** Creates another client of a process, with connections of its own; the first one gives the warnings. */
    public static MongoClient openAnother(ConnectionString uri, Duration operationTimeout) {
        return MongoClients.create(settings(uri, operationTimeout).build());
    }

    private static MongoClientSettings.Builder settings(ConnectionString uri, Duration operationTimeout) {
        return MongoClientSettings.builder()
                .applyConnectionString(uri)
                .applicationName("sluice-session-processor")
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .readPreference(ReadPreference.primary())
                .timeout(operationTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(SERVER_SELECTION_MILLIS, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(SERVER_SELECTION_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Whether the driver's heartbeats currently know a server that accepts writes. */
    public static boolean isUp(MongoClient client) {
        return client.getClusterDescription().getServerDescriptions().stream().anyMatch(MongoConnection::takesWrites);
    }

    /** Why no such server is known, as far as the driver has found out, in words that the public health page may show. */
    public static String trouble(MongoClient client) {
        return trouble(client.getClusterDescription());
    }

    /** Why the store did not do what was asked, for people. Quotes no document and no command. */
    public static String trouble(MongoException failure) {
        return switch (failure) {
            // Also if the connection broke while it was being authenticated.
            case MongoSecurityException e when !(e.getCause() instanceof MongoSocketException) -> NOT_AUTHENTICATED;
            case MongoTimeoutException _, MongoExecutionTimeoutException _ ->
                "MongoDB did not answer in time, or no server that takes writes is known";
            case MongoCommandException refusal -> "MongoDB refused a command: " + refusal.getErrorCodeName();
            case MongoServerException refusal -> "MongoDB refused a command with code " + refusal.getCode();
            default -> "MongoDB does not answer";
        };
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
            case MongoSecurityException _ -> Optional.of(NOT_AUTHENTICATED);
            default -> Optional.empty();
        };
    }

    private static boolean takesWrites(ServerDescription server) {
        return server.isOk() && (server.isPrimary() || server.isStandAlone() || server.isShardRouter());
    }
}
