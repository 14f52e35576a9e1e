package dev.sluice.processor.generation;

import dev.sluice.contract.text.Printable;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** A stored document cannot be read: it says something that only a newer version knows, or it is damaged. */
public final class UnreadableDocumentException extends RuntimeException {

    private final String reason;

    public UnreadableDocumentException(String document, RuntimeException cause) {
        super(document + " cannot be read by this version: it was stored by a newer version, or is damaged", cause);
        this.reason = Printable.text(String.valueOf(cause.getMessage()));
    }

    public static UnreadableDocumentException of(String collection, BsonValue id, RuntimeException cause) {
        return new UnreadableDocumentException(collection + " " + new BsonDocument("_id", id).toJson(), cause);
    }

    public static UnreadableDocumentException of(String collection, BsonDocument document, RuntimeException cause) {
        return of(collection, document.getOrDefault("_id", BsonNull.VALUE), cause);
    }

    public String inFull() {
        return getMessage() + " (" + reason + ")";
    }

    /** All of it, for logs; the message, which others may see, must not quote the document. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return inFull();
    }

    /** What is wrong with it; may quote the document, which the message does not. */
    public String reason() {
        return reason;
    }
}
