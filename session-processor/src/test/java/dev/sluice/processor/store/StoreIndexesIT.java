package dev.sluice.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.sluice.processor.generation.Generation;
import dev.sluice.test.TestMongo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.junit.jupiter.api.Test;

class StoreIndexesIT {

    private static final Duration OF_ANY_OPERATION = Duration.ofSeconds(10);

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(StoreIndexesIT.class));
    private final List<BsonDocument> commands = new CopyOnWriteArrayList<>();

    /** MongoDB abandons an incomplete index when the command times out, and a full collection takes hours. */
    @Test
    void haveMoreTimeThanAnyOtherOperation() {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(uri)
                .timeout(OF_ANY_OPERATION.toMillis(), TimeUnit.MILLISECONDS)
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        commands.add(new BsonDocumentCodec()
                                .decode(
                                        event.getCommand().asBsonReader(),
                                        DecoderContext.builder().build()));
                    }
                })
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            Generation generation = Generation.first(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));

            new StoreIndexes(generation).ensure();
            new StoreIndexes(generation).ensure();

            assertThat(commands).hasSize(2).allSatisfy(command -> {
                assertThat(command.getFirstKey()).isEqualTo("createIndexes");
                assertThat(command.getNumber("maxTimeMS").longValue())
                        .isGreaterThan(Duration.ofHours(1).toMillis());
            });
            assertThat(commands.getFirst().getArray("indexes"))
                    .extracting(index -> index.asDocument().get("key"))
                    .containsExactly(
                            BsonDocument.parse("{project: 1, kind: 1, analysis_type: 1, _id: -1}"),
                            BsonDocument.parse("{project: 1, kind: 1, analysis_ref: 1, _id: -1}"),
                            BsonDocument.parse("{project: 1, 'notes.task': 1, _id: -1}"));
        }
    }
}
