package dev.sluice.standalone.rebuild;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.processor.store.StoreDurability;
import org.bson.Document;

/**
 * A store in whatever process, which is told to flush if it is an embedded one. Whatever it flushes, on its own or when told to, is everything
 * that it has acknowledged so far, so that no part of a generation can be ahead of another; but what is never flushed stays in its memory.
 */
final class FlushedByCommand implements StoreDurability, AutoCloseable {

    private static final int NO_SUCH_COMMAND = 59;

    private final MongoClient client;
    private volatile boolean acknowledgementSaysItAll;

    FlushedByCommand(String uri) {
        this.client = MongoClients.create(uri);
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
            // A MongoDB.
            acknowledgementSaysItAll = true;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
