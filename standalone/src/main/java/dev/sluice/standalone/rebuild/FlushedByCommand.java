package dev.sluice.standalone.rebuild;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.processor.store.StoreDurability;
import java.time.Duration;
import org.bson.Document;

/**
 * Flushes a store in another process by command, if it is an embedded one. The embedded store always flushes everything
 * acknowledged so far, so no part of a generation can get ahead of another; but data that is never flushed stays in its
 * memory.
 */
final class FlushedByCommand implements StoreDurability, AutoCloseable {

    private static final int NO_SUCH_COMMAND = 59;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final MongoClient client;
    private volatile boolean acknowledgementSaysItAll;

    FlushedByCommand(String uri) {
        this.client = MongoConnection.open(new ConnectionString(uri), TIMEOUT);
    }

    @Override
    public void flush() {
        if (acknowledgementSaysItAll) {
            return;
        }
        try {
            client.getDatabase("admin").runCommand(new Document(EmbeddedStore.FLUSH_COMMAND, 1));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NO_SUCH_COMMAND) {
                throw e;
            }
            // A real MongoDB, whose acknowledged writes are durable.
            acknowledgementSaysItAll = true;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
