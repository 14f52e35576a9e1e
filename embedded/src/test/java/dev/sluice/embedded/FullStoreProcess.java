package dev.sluice.embedded;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.util.Random;
import org.bson.Document;
import org.bson.types.Binary;

/** A store in a separate process, which flushes a document, prints that it has, and then flushes more than the process may write to a file. */
final class FullStoreProcess {

    private static final int TOO_MUCH = 4 * 1024 * 1024;

    private FullStoreProcess() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedStore store = EmbeddedStore.start(Path.of(arguments[0]), 0);
        try (MongoClient client = MongoClients.create(store.uri())) {
            MongoCollection<Document> documents = client.getDatabase("d").getCollection("c");
            documents.insertOne(new Document("_id", 1));
            store.flush();
            System.out.println("flushed");
            byte[] bytes = new byte[TOO_MUCH];
            new Random(7).nextBytes(bytes);
            documents.insertOne(new Document("_id", 2).append("extra", new Binary(bytes)));
            store.flush();
            Thread.currentThread().join();
        }
    }
}
