package dev.sluice.benchmarks.processing;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.store.MongoSubmissions;
import dev.sluice.processor.store.StoreIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.RawBsonDocument;

/**
 * The baseline: unordered bulk inserts of existing documents with the driver and nothing else, with the indexes, batch
 * size and number of threads of the processor. Arguments: the connection string, a database with the documents, and a
 * database to insert into.
 */
final class BulkInsertMain {

    private static final int BATCH = 1000;
    private static final int THREADS = 2;
    private static final int BATCH_BYTES = 4 * 1024 * 1024;
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private BulkInsertMain() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(arguments[0]))
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            List<List<RawBsonDocument>> batches = batches(client, arguments[1]);
            Generation generation = Generation.first(client.getDatabase(arguments[2]));
            new StoreIndexes(generation).ensure();
            MongoCollection<RawBsonDocument> target =
                    generation.collection(MongoSubmissions.COLLECTION, RawBsonDocument.class);
            insert(batches, target);
        }
        // Stays alive, because the parent reads the process's CPU time from the operating system.
        Thread.currentThread().join();
    }

    private static List<List<RawBsonDocument>> batches(MongoClient client, String database) {
        List<List<RawBsonDocument>> batches = new ArrayList<>();
        List<RawBsonDocument> batch = new ArrayList<>();
        long bytes = 0;
        for (RawBsonDocument document : client.getDatabase(database)
                .getCollection(MongoSubmissions.COLLECTION, RawBsonDocument.class)
                .find()) {
            batch.add(document);
            bytes += document.getByteBuffer().remaining();
            if (batch.size() == BATCH || bytes >= BATCH_BYTES) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static void insert(List<List<RawBsonDocument>> batches, MongoCollection<RawBsonDocument> target)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> inserting = new ArrayList<>();
            for (List<RawBsonDocument> batch : batches) {
                inserting.add(threads.submit(() -> target.insertMany(batch, UNORDERED)));
            }
            for (Future<?> one : inserting) {
                one.get();
            }
        }
    }
}
