package dev.sluice.processor.topic;

/** A topic exists, and cannot be used as it is. Somebody has to change something; trying again does not help. */
public final class UnfitTopicException extends RuntimeException {

    public UnfitTopicException(String message) {
        super(message);
    }
}
