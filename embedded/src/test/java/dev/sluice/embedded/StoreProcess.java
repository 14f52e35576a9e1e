package dev.sluice.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.nio.file.Path;
import org.bson.Document;

/** A store in a separate process, which writes two documents, flushes, and prints that it has. */
final class StoreProcess {

    private StoreProcess() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedStore store = EmbeddedStore.start(Path.of(arguments[0]), 0);
        try (MongoClient client = MongoClients.create(store.uri())) {
            client.getDatabase("d").getCollection("c").insertOne(new Document("_id", 1));
            client.getDatabase("d").getCollection("c").insertOne(new Document("_id", 2));
            store.flush();
            System.out.println("flushed");
            Thread.currentThread().join();
        }
    }
}
