package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class EmbeddedStoreIT {

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("store.mv");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keepsDocumentsAcrossCloseAndStart() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            collection(client).insertOne(new Document("_id", 1).append("analysis_ref", "kept"));
        }

        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(collection(client).find().first())
                    .isEqualTo(new Document("_id", 1).append("analysis_ref", "kept"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keepsWhatWasFlushedWhenTheProcessIsKilled() throws Exception {
        try (ChildJvm child = ChildJvm.start(StoreProcess.class, file)) {
            assertThat(child.firstLine()).isEqualTo("flushed");
        }

        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(collection(client).countDocuments()).isEqualTo(2);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void endsItsProcessWhenItCannotWriteItsFile() throws Exception {
        try (ChildJvm child =
                ChildJvm.start(FullStoreProcess.class, file, "bash", "-c", "ulimit -f 1024 && exec \"$0\" \"$@\"")) {
            assertThat(child.firstLine()).isEqualTo("flushed");
            assertThat(child.exitStatus()).isEqualTo(1);
        }

        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(collection(client).find().map(found -> found.get("_id"))).containsExactly(1);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void flushesWhenAClientTellsItTo() throws Exception {
        Path asKilled = directory.resolve("as-killed.mv");
        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            collection(client).insertOne(new Document("_id", 1));
            client.getDatabase("admin").runCommand(new Document(EmbeddedStore.FLUSH_COMMAND, 1));
            collection(client).insertOne(new Document("_id", 2));
            Files.copy(file, asKilled);
        }

        try (EmbeddedStore store = EmbeddedStore.start(asKilled, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(collection(client).find()).containsExactly(new Document("_id", 1));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysThatAnotherProcessHasTheFileOpen() throws Exception {
        try (ChildJvm child = ChildJvm.start(StoreProcess.class, file)) {
            assertThat(child.firstLine()).isEqualTo("flushed");

            assertThatIOException()
                    .isThrownBy(() -> EmbeddedStore.start(file, 0))
                    .withMessage("the store's file " + file + " is open in another process");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void saysWhatToDoWithADamagedFile() throws Exception {
        Files.write(file, new byte[8192]);

        assertThatIOException()
                .isThrownBy(() -> EmbeddedStore.start(file, 0))
                .withMessageStartingWith(
                        "the store's file " + file
                                + " could not be opened. If it is damaged, move it away: a new one is filled from the log. The reason: ");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void isForThisMachineOnlyAndItsFileForItsOwner() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.start(file, 0)) {
            int port = URI.create(store.uri()).getPort();

            // Whoever listens on all addresses of the machine also answers at this one.
            try (Socket client = new Socket()) {
                assertThatIOException()
                        .isThrownBy(() -> client.connect(new InetSocketAddress("127.0.0.2", port), 1_000));
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void letsGoOfTheFileWhenItsPortIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIOException()
                    .isThrownBy(() -> EmbeddedStore.start(file, other.getLocalPort()))
                    .withMessageContaining("127.0.0.1:" + other.getLocalPort());
        }

        try (EmbeddedStore store = EmbeddedStore.start(file, 0)) {
            assertThat(store.uri()).startsWith("mongodb://127.0.0.1:");
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void servesFromMemoryToo() throws Exception {
        try (EmbeddedStore store = EmbeddedStore.startInMemory();
                MongoClient client = MongoClients.create(store.uri())) {
            collection(client).insertOne(new Document("_id", 1));

            store.flush();

            assertThat(collection(client).countDocuments()).isEqualTo(1);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keepsEveryKindOfValueAndOfId() throws Exception {
        List<Document> documents = List.of(
                new Document("_id", 1L << 60),
                new Document("_id", 1.5),
                new Document("_id", "1.5"),
                new Document("_id", new ObjectId()),
                new Document("_id", new Document("a", 1).append("b", "x")),
                new Document("_id", Date.from(Instant.ofEpochMilli(0))),
                new Document("_id", true),
                new Document("_id", 2)
                        .append("int", 1)
                        .append("long", 1L)
                        .append("double", 1.0)
                        .append("null", null)
                        .append("text", "Größe \u0000 \uD83D\uDE00")
                        .append("list", List.of(1, "a", List.of(), new Document("deep", List.of(2L))))
                        .append("binary", new Binary(new byte[] {1, 2}))
                        .append("decimal", Decimal128.parse("1E+400")));
        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            collection(client).insertMany(documents);
        }

        try (EmbeddedStore store = EmbeddedStore.start(file, 0);
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(collection(client).find()).containsExactlyInAnyOrderElementsOf(documents);
            for (Document document : documents) {
                assertThat(collection(client).find(new Document("_id", document.get("_id"))))
                        .containsExactly(document);
            }
        }
    }

    private static MongoCollection<Document> collection(MongoClient client) {
        return client.getDatabase("d").getCollection("c");
    }
}
