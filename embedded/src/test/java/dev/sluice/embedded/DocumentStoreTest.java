package dev.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;

class DocumentStoreTest {

    private final Channel channel = new EmbeddedChannel();

    /** It is encoded after the collection may be changed again. */
    @Test
    void doesNotChangeAnAnswerWithADocumentThatIsUpdated() {
        try (MVStore data = new MVStore.Builder().autoCommitDisabled().open()) {
            DocumentStore store = new DocumentStore(data);
            execute(store, "insert", "documents", new Document("_id", 1).append("next", 10));
            Document found = find(store);
            String asFound = found.toString();

            Document change = new Document("q", new Document("_id", 1)).append("u", new Document("next", 30));
            execute(store, "update", "updates", change);

            assertThat(find(store).toString()).isNotEqualTo(asFound);
            assertThat(found.toString()).isEqualTo(asFound);
        }
    }

    private Document find(DocumentStore store) {
        Document query = new Document("find", "progress").append("filter", new Document("_id", 1));
        return store.handleCommand(channel, "sluice", "find", query.append("$db", "sluice"));
    }

    private void execute(DocumentStore store, String command, String list, Document only) {
        Document query = new Document(command, "progress").append(list, List.of(only));
        Document done = store.handleCommand(channel, "sluice", command, query.append("$db", "sluice"));
        assertThat(done.get("n")).isEqualTo(1);
    }
}
