package dev.sluice.standalone.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.processor.store.StoreAddress;
import dev.sluice.standalone.command.WrongArgument;
import java.time.Duration;
import java.util.Optional;
import org.bson.Document;

/** A MongoDB that is run by others. Its acknowledgement (journaled, by a majority) is enough, and it outlives this process. */
public record GivenStore(String uri) implements Store {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public GivenStore {
        try {
            uri = StoreAddress.withDatabase(uri);
        } catch (IllegalArgumentException e) {
            // The driver's message quotes what it cannot parse, which may be part of a password, and says next to
            // nothing
            // about text that is no such URI.
            boolean isTold = uri.matches("mongodb(\\+srv)?://[^@]*");
            String reason = isTold ? e.getMessage() : "expected mongodb://USER:PASSWORD@HOST:PORT/DATABASE";
            throw new WrongArgument("--mongodb is not a connection string: " + reason, isTold ? e : null);
        }
    }

    /** Why it cannot be used at the moment, for people; empty if it answers. */
    public Optional<String> trouble() {
        try (MongoClient client = MongoConnection.open(new ConnectionString(uri), PATIENCE)) {
            try {
                client.getDatabase(StoreAddress.DATABASE).runCommand(new Document("ping", 1), ReadPreference.primary());
                return Optional.empty();
            } catch (MongoException _) {
                return Optional.of("the store at " + address() + " cannot be used: " + MongoConnection.trouble(client));
            }
        } catch (MongoException e) {
            return Optional.of("the store at " + address() + " cannot be found (" + e.getMessage() + ")");
        }
    }

    // Without a user and a password.
    private String address() {
        return String.join(",", StoreAddress.parsed(uri).getHosts());
    }

    @Override
    public String description() {
        return "as given";
    }

    @Override
    public void close() {}
}
