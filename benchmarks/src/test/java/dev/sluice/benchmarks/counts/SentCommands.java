package dev.sluice.benchmarks.counts;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Records the commands that a client sends to the store; each is a round trip. */
final class SentCommands implements CommandListener {

    private final List<String> names = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Map<String, Integer> written = new ConcurrentHashMap<>();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        BsonDocument command = event.getCommand();
        names.add(event.getCommandName() + " " + collection(event));
        bytes.addAndGet(length(command));
        written.merge(collection(event), items(command, "documents") + items(command, "updates"), Integer::sum);
    }

    void forget() {
        names.clear();
        bytes.set(0);
        written.clear();
    }

    /** The commands with their collections, in order. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** The total size of the commands in bytes. */
    long bytes() {
        return bytes.get();
    }

    /** The number of documents of a collection that were inserted or changed, counting repeats. */
    int written(String collection) {
        return written.getOrDefault(collection, 0);
    }

    private static int items(BsonDocument command, String list) {
        return command.isArray(list) ? command.getArray(list).size() : 0;
    }

    private static String collection(CommandStartedEvent event) {
        String field = event.getCommandName().equals("getMore") ? "collection" : event.getCommandName();
        return event.getCommand().isString(field)
                ? event.getCommand().getString(field).getValue()
                : "";
    }

    private static long length(BsonDocument command) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, command, EncoderContext.builder().build());
            return buffer.getSize();
        }
    }
}
