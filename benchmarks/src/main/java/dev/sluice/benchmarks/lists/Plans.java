package dev.sluice.benchmarks.lists;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.jspecify.annotations.Nullable;

/** Captures the queries that reads send, and asks the store for their execution plans. */
final class Plans implements CommandListener {

    private static final Set<String> OF_THE_SESSION =
            Set.of("lsid", "$db", "$clusterTime", "$readPreference", "maxTimeMS", "txnNumber");

    private final AtomicReference<@Nullable BsonDocument> last = new AtomicReference<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        if (event.getCommandName().equals("find") && event.getCommand().containsKey("sort")) {
            // A copy, because the event's document is invalid after this call.
            BsonDocument command = new BsonDocumentCodec()
                    .decode(
                            event.getCommand().asBsonReader(),
                            DecoderContext.builder().build());
            last.compareAndSet(null, command);
        }
    }

    /** Clears the captured query, so that the next one is explained. */
    void forget() {
        last.set(null);
    }

    /** Returns the stages, keys examined and documents examined of the first sorted query since {@link #forget}. */
    String explain(MongoDatabase database) {
        BsonDocument query = last.get();
        if (query == null) {
            return "sent no query";
        }
        OF_THE_SESSION.forEach(query::remove);
        try {
            BsonDocument explained = database.runCommand(
                    new BsonDocument("explain", query).append("verbosity", new BsonString("executionStats")),
                    BsonDocument.class);
            List<String> stages = new ArrayList<>();
            collectStages(explained.getDocument("queryPlanner").getDocument("winningPlan"), stages);
            BsonDocument stats = explained.getDocument("executionStats");
            return String.join(" < ", stages) + "; keys " + number(stats, "totalKeysExamined") + ", documents "
                    + number(stats, "totalDocsExamined");
        } catch (MongoException e) {
            return "this store does not explain (" + e.getClass().getSimpleName() + ")";
        }
    }

    private static long number(BsonDocument stats, String field) {
        return stats.getNumber(field).longValue();
    }

    /** Collects the stages from the outermost inwards; identical siblings are collapsed into one with a count. */
    private static void collectStages(BsonDocument plan, List<String> stages) {
        // Newer servers wrap the readable plan.
        BsonDocument stage = plan.containsKey("queryPlan") ? plan.getDocument("queryPlan") : plan;
        String name = stage.getString("stage", new BsonString("?")).getValue();
        BsonValue index = stage.get("indexName");
        stages.add(index == null ? name : name + " " + index.asString().getValue());
        if (stage.containsKey("inputStage")) {
            collectStages(stage.getDocument("inputStage"), stages);
        }
        BsonArray inputs = stage.getArray("inputStages", new BsonArray());
        Set<String> kinds = new TreeSet<>();
        for (BsonValue input : inputs) {
            List<String> inner = new ArrayList<>();
            collectStages(input.asDocument(), inner);
            kinds.add(String.join(" < ", inner));
        }
        if (!inputs.isEmpty()) {
            stages.add(inputs.size() + " x (" + String.join(" | ", kinds) + ")");
        }
    }
}
