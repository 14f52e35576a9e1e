package dev.sluice.processor;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** What a client has received from the store. Thread-safe. */
public final class ReceivedReplies implements CommandListener {

    private final Queue<String> commands = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
        commands.add(event.getCommandName());
        bytes.addAndGet(new RawBsonDocument(event.getResponse(), new BsonDocumentCodec())
                .getByteBuffer()
                .remaining());
    }

    /** The names of the commands that were answered. */
    public Queue<String> commands() {
        return commands;
    }

    /** The size of all answers. */
    public long bytes() {
        return bytes.get();
    }

    public void forget() {
        commands.clear();
        bytes.set(0);
    }
}
