package dev.sluice.standalone.store;

import com.mongodb.ConnectionString;
import dev.sluice.standalone.command.CommandFailure;
import java.util.List;
import java.util.Locale;

/** A MongoDB that is run by others. Its acknowledgement (journaled, by a majority) is enough, and it outlives this process. */
public record GivenStore(String uri) implements Store {

    public GivenStore {
        try {
            // Does not resolve mongodb+srv, because DNS says nothing about the string's syntax.
            if (new ConnectionString(uri, (name, type) -> List.of()).getDatabase() == null) {
                uri = withDatabase(uri);
            }
        } catch (IllegalArgumentException e) {
            // The driver's message quotes what it cannot parse, which may be part of a password.
            String reason = uri.contains("@") ? "expected mongodb://USER:PASSWORD@HOST:PORT/DATABASE" : e.getMessage();
            throw new CommandFailure("--mongodb is not a connection string: " + reason, uri.contains("@") ? null : e);
        }
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
