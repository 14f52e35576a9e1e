package dev.sluice.standalone.store;

import com.mongodb.ConnectionString;
import dev.sluice.standalone.command.CommandFailure;
import java.util.List;
import java.util.Locale;

/** A MongoDB that somebody else runs: its acknowledgement (journaled, by a majority) says it all, and it goes on without us. */
public record GivenStore(String uri) implements Store {

    public GivenStore {
        try {
            // Without asking DNS about mongodb+srv: it says nothing about how the string is written.
            if (new ConnectionString(uri, (name, type) -> List.of()).getDatabase() == null) {
                uri = withDatabase(uri);
            }
        } catch (IllegalArgumentException e) {
            // The driver shows what it does not understand, which can be a part of a password.
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
        // The database of a connection string is also where its user is looked up, unless authSource says otherwise;
        // whoever shows a certificate, or is somebody to another system, is not looked up in one.
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
