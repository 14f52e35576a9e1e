package dev.sluice.test.fault;

/** What a test does to a message. The message and those behind it on its connection wait until the action returns; other connections do not. */
@FunctionalInterface
public interface Action {

    /** Runs the action and returns what to do with the message. */
    Then at(Message message) throws Exception;
}
