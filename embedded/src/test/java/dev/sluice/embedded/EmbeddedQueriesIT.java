package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.result.UpdateResult;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded store answers. */
class EmbeddedQueriesIT {

    @TempDir
    private Path directory;

    @Test
    void answersInBatchesThatClientsTakeHoweverLargeTheDocumentsAre() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.startInMemory();
                MongoClient client = MongoClients.create(store.uri())) {
            for (int id = 1; id <= 4; id++) {
                collection(client)
                        .insertOne(new Document("_id", id).append("extra", new Binary(new byte[13 * 1024 * 1024])));
            }

            List<Integer> found = new ArrayList<>();
            collection(client).find().limit(5).forEach(document -> found.add(document.getInteger("_id")));
            collection(client)
                    .find()
                    .sort(new Document("_id", -1))
                    .limit(5)
                    .forEach(document -> found.add(document.getInteger("_id")));

            assertThat(found).containsExactly(1, 2, 3, 4, 4, 3, 2, 1);
            assertThat(collection(client).countDocuments(new Document("extra", new Document("$exists", true))))
                    .isEqualTo(4);
            assertThat(collection(client)
                            .updateMany(new Document(), new Document("$set", new Document("n", 1)))
                            .getModifiedCount())
                    .isEqualTo(4);
            assertThat(collection(client).distinct("n", Integer.class)).containsExactly(1);
            assertThat(collection(client).deleteMany(new Document("n", 1)).getDeletedCount())
                    .isEqualTo(4);
        }
    }

    @Test
    void findsInTheOrderOfIdsWhatLiesBetweenTwoOfThem() throws Exception {
        List<Long> ids = new ArrayList<>(LongStream.rangeClosed(1, 300).boxed().toList());
        Collections.shuffle(ids, new Random(7));
        try (EmbeddedStore store = EmbeddedStore.start(directory.resolve("store.mv"), 0);
                MongoClient client = MongoClients.create(store.uri())) {
            ids.forEach(id -> collection(client).insertOne(new Document("_id", id).append("project", id % 3)));

            assertThat(ids(client, "{project: 1}", -1, 0, 3)).containsExactly(298L, 295L, 292L);
            assertThat(ids(client, "{project: 1}", 1, 2, 3)).containsExactly(7L, 10L, 13L);
            assertThat(ids(client, "{project: 1, _id: {$lt: 13}}", -1, 1, 2)).containsExactly(7L, 4L);
            assertThat(ids(client, "{project: 1, _id: {$lte: 13}}", -1, 0, 1)).containsExactly(13L);
            assertThat(ids(client, "{project: 1, _id: {$gt: 292}}", 1, 0, 9)).containsExactly(295L, 298L);
            assertThat(ids(client, "{project: 1, _id: {$gte: 292, $lt: 298}}", -1, 0, 9))
                    .containsExactly(295L, 292L);
            assertThat(ids(client, "{_id: {$in: [5, 900, 2]}}", 1, 0, 9)).containsExactly(2L, 5L);
            assertThat(ids(client, "{project: 9}", -1, 0, 9)).isEmpty();
            assertThat(ids(client, "{}", -1, 0, 0)).hasSize(300).isSortedAccordingTo(Comparator.reverseOrder());

            // Ids of another type, whose order in the file differs from that of their values.
            collection(client).deleteOne(new Document("_id", 12L));
            collection(client).insertOne(new Document("_id", 12).append("project", 1L));
            assertThat(ids(client, "{project: 1, _id: {$lt: 16}}", -1, 0, 3)).containsExactly(13L, 12L, 10L);
        }
    }

    @Test
    void findsADocumentByItsIdHoweverManyThereAreAndWhateverElseIsAsked() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(directory.resolve("store.mv"), 0);
                MongoClient client = MongoClients.create(store.uri())) {
            collection(client)
                    .insertMany(IntStream.range(0, 5_000)
                            .mapToObj(i -> new Document("_id", i).append("n", 1))
                            .toList());

            UpdateResult other =
                    collection(client).replaceOne(new Document("_id", 7).append("n", 2), new Document("n", 3));
            UpdateResult same =
                    collection(client).replaceOne(new Document("n", 1).append("_id", 7), new Document("n", 2));

            assertThat(other.getMatchedCount()).isZero();
            assertThat(same.getMatchedCount()).isEqualTo(1);
            assertThat(collection(client).find(new Document("n", 2)).first())
                    .isEqualTo(new Document("_id", 7).append("n", 2));
            assertThat(collection(client)
                            .countDocuments(new Document("_id", new Document("$in", List.of(1, 2, 7))).append("n", 1)))
                    .isEqualTo(2);
            assertThat(collection(client)
                            .find(new Document("_id", new Document("$gt", 4_990)).append("n", 1))
                            .into(new ArrayList<>()))
                    .hasSize(9);
        }
    }

    @Test
    void locksNothingWhileItDecodesTheDocumentsOfAList() throws Exception {
        List<Integer> numbers = IntStream.range(0, 150_000).boxed().toList();
        Path file = directory.resolve("store.mv");
        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            for (long id = 1; id <= 8; id++) {
                collection(client).insertOne(new Document("_id", id).append("numbers", numbers));
            }
        }
        List<ThreadInfo> decoding = new ArrayList<>();
        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            CompletableFuture<List<Document>> listing = CompletableFuture.supplyAsync(() -> collection(client)
                    .find()
                    .sort(new Document("_id", -1))
                    .projection(new Document("_id", 1))
                    .into(new ArrayList<>()));
            while (!listing.isDone()) {
                decoding.addAll(threadsIn("BsonDecoder"));
            }
            assertThat(listing.join()).hasSize(8);
        }

        assertThat(decoding)
                .isNotEmpty()
                .allSatisfy(thread -> assertThat(thread.getLockedMonitors())
                        .extracting(LockInfo::getClassName)
                        .doesNotContain(DocumentCollection.class.getName()));
    }

    private static List<ThreadInfo> threadsIn(String className) {
        return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, false))
                .filter(thread -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().endsWith(className)))
                .toList();
    }

    private static List<Long> ids(MongoClient client, String query, int direction, int skip, int limit) {
        List<Long> ids = new ArrayList<>();
        collection(client)
                .find(Document.parse(query.replaceAll("(\\d+)", "{\\$numberLong: '$1'}")))
                .sort(new Document("_id", direction))
                .skip(skip)
                .limit(limit)
                .batchSize(2)
                .projection(new Document("project", 1))
                .forEach(document -> ids.add(document.get("_id", Number.class).longValue()));
        return ids;
    }

    private static MongoCollection<Document> collection(MongoClient client) {
        return client.getDatabase("d").getCollection("c");
    }
}
