package dev.sluice.processor.store;

import dev.sluice.contract.text.Printable;

/** A stored document cannot be read: it says something that only a newer version knows, or it is damaged. */
public final class UnreadableDocumentException extends RuntimeException {

    private final String reason;

    /**
     * @param document which one it is, in words
     * @param cause what is wrong with it
     */
    public UnreadableDocumentException(String document, RuntimeException cause) {
        super(document + " cannot be read by this version: it was stored by a newer version, or is damaged", cause);
        this.reason = Printable.text(String.valueOf(cause.getMessage()));
    }

    /** The message and what is wrong with it. */
    public String inFull() {
        return getMessage() + " (" + reason + ")";
    }

    /** What is wrong with it; may quote the document, which the message does not. */
    public String reason() {
        return reason;
    }
}
