package dev.sluice.embedded;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process because a part of it is gone that only a restart brings back: continuing without it would only look
 * alive.
 */
public final class ProcessEnd {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    private static final int STATUS = 1;

    private ProcessEnd() {}

    /**
     * Ends this process in order, with status 1. Does not return.
     *
     * @param part what is gone, as the beginning of a sentence
     */
    public static void because(String part, String reason) {
        say(part, STATUS, reason);
        Runtime.getRuntime().exit(STATUS);
    }

    /** Says in the log and on standard error why the process ends. */
    static void say(String part, int status, String reason) {
        String sentence = part + " ends this process with status " + status + ": " + reason;
        LOG.error(sentence);
        // Bypasses System.err: a test runner replaces it and loses its contents when the process is halted. Not closed,
        // because shutdown hooks may still write.
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(sentence);
    }
}
