package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;

class DocumentStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    // The common pool may have a single thread.
    private static final Executor IN_BACKGROUND = Thread::startVirtualThread;

    private final Channel channel = new EmbeddedChannel();

    /** It is encoded after the collection may be changed again. */
    @Test
    void doesNotChangeAnAnswerWithADocumentThatIsUpdated() {
        try (MVStore data = new MVStore.Builder().autoCommitDisabled().open()) {
            DocumentStore store = new DocumentStore(data);
            execute(store, "insert", "documents", List.of(new Document("_id", 1).append("next", 10)));
            Document found = find(store);
            String asFound = found.toString();

            Document change = new Document("q", new Document("_id", 1)).append("u", new Document("next", 30));
            execute(store, "update", "updates", List.of(change));

            assertThat(find(store).toString()).isNotEqualTo(asFound);
            assertThat(found.toString()).isEqualTo(asFound);
        }
    }

    @Test
    void commitsNothingInTheMiddleOfACommand() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        List<Document> slow = new AbstractList<>() {
            @Override
            public Document get(int index) {
                begun.countDown();
                awaitOpen(goesOn);
                return new Document("_id", 1);
            }

            @Override
            public int size() {
                return 1;
            }
        };
        try (MVStore data = new MVStore.Builder().autoCommitDisabled().open()) {
            DocumentStore store = new DocumentStore(data);
            CompletableFuture<Void> insert =
                    CompletableFuture.runAsync(() -> execute(store, "insert", "documents", slow), IN_BACKGROUND);
            awaitOpen(begun);

            CompletableFuture<Void> commit = CompletableFuture.runAsync(store::commit, IN_BACKGROUND);

            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> commit.get(100, TimeUnit.MILLISECONDS));
            goesOn.countDown();
            assertThat(insert).succeedsWithin(PATIENCE);
            assertThat(commit).succeedsWithin(PATIENCE);
        }
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Document find(DocumentStore store) {
        Document query = new Document("find", "progress").append("filter", new Document("_id", 1));
        return store.handleCommand(channel, "sluice", "find", query.append("$db", "sluice"));
    }

    private void execute(DocumentStore store, String command, String list, List<Document> only) {
        Document query = new Document(command, "progress").append(list, only);
        Document done = store.handleCommand(channel, "sluice", command, query.append("$db", "sluice"));
        assertThat(done.get("n")).isEqualTo(1);
    }
}
