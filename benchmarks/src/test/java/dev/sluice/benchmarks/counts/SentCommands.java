package dev.sluice.benchmarks.counts;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** What a client sends to the store: each command is a round trip. */
final class SentCommands implements CommandListener {

    private final List<String> names = new CopyOnWriteArrayList<>();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        BsonDocument command = event.getCommand();
        names.add(event.getCommandName() + " " + collection(event));
        bytes.addAndGet(length(command));
    }

    void forget() {
        names.clear();
        bytes.set(0);
    }

    /** Each with its collection, in order. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** How long they were together. */
    long bytes() {
        return bytes.get();
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
