package dev.sluice.test.fault;

/** What a test does to a message. The message, and those behind it on its connection, wait for that; other connections do not. */
@FunctionalInterface
public interface Action {

    /** Does it, and says what becomes of the message. */
    Then at(Message message) throws Exception;
}
