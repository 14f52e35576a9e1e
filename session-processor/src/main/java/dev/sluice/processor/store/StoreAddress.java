package dev.sluice.processor.store;

import com.mongodb.ConnectionString;
import java.util.List;
import java.util.Locale;

/** MongoDB's connection string as people give it, to services and commands alike. */
public final class StoreAddress {

    /** The database of a connection string that names none. */
    public static final String DATABASE = "sluice";

    private StoreAddress() {}

    /** Parses without resolving mongodb+srv: DNS may be unavailable and does not affect the syntax. */
    public static ConnectionString parsed(String uri) {
        return new ConnectionString(uri, (name, type) -> List.of());
    }

    /**
     * Adds {@link #DATABASE} to a connection string that names no database.
     *
     * @throws IllegalArgumentException if it is no connection string; the message may quote part of a password
     */
    public static String withDatabase(String uri) {
        return parsed(uri).getDatabase() == null ? added(uri) : uri;
    }

    private static String added(String uri) {
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
}
