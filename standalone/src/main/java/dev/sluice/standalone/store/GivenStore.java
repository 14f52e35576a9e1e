package dev.sluice.standalone.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.standalone.command.WrongArgument;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bson.Document;

/** A MongoDB that is run by others. Its acknowledgement (journaled, by a majority) is enough, and it outlives this process. */
public record GivenStore(String uri) implements Store {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public GivenStore {
        try {
            if (connection(uri).getDatabase() == null) {
                uri = withDatabase(uri);
            }
        } catch (IllegalArgumentException e) {
            // The driver's message quotes what it cannot parse, which may be part of a password.
            String reason = uri.contains("@") ? "expected mongodb://USER:PASSWORD@HOST:PORT/DATABASE" : e.getMessage();
            throw new WrongArgument("--mongodb is not a connection string: " + reason, uri.contains("@") ? null : e);
        }
    }

    /** Why it cannot be used at the moment, for people; empty if it answers. */
    public Optional<String> trouble() {
        try (MongoClient client = MongoConnection.open(new ConnectionString(uri), PATIENCE)) {
            try {
                client.getDatabase(DATABASE).runCommand(new Document("ping", 1), ReadPreference.primary());
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
        return String.join(",", connection(uri).getHosts());
    }

    // Does not resolve mongodb+srv, because DNS says nothing about the string's syntax.
    private static ConnectionString connection(String uri) {
        return new ConnectionString(uri, (name, type) -> List.of());
    }

    private static String withDatabase(String uri) {
        int question = uri.indexOf('?');
        String address = question < 0 ? uri : uri.substring(0, question);
        String options = question < 0 ? "" : uri.substring(question);
        boolean credentials = address.contains("@");
        String given = options.toLowerCase(Locale.ROOT);
        boolean elsewhere = given.contains("authmechanism=") && !given.contains("authmechanism=scram-");
        // The driver looks up the user in the connection string's database unless authSource names another.
        // Certificates and external mechanisms do not look up users in a database.
        if (credentials && !elsewhere && !given.contains("authsource=")) {
            options = (options.isEmpty() ? "?" : options + "&") + "authSource=admin";
        }
        return (address.endsWith("/") ? address : address + "/") + DATABASE + options;
    }

    @Override
    public void flush() {}

    @Override
    public String description() {
        return "as given";
    }

    @Override
    public void close() {}
}
