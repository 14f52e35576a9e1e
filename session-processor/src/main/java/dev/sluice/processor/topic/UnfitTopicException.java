package dev.sluice.processor.topic;

/** A topic exists but cannot be used as it is. Retrying does not help: somebody has to change it. */
public final class UnfitTopicException extends RuntimeException {

    public UnfitTopicException(String message) {
        super(message);
    }
}
