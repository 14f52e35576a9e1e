package dev.sluice.service.failure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes errors after which nothing in the process can be relied on from errors that end one attempt.
 * After running out of memory, or with a broken JVM, threads may have died anywhere, so the process ends
 * immediately and its supervisor restarts it. After a stack overflow or a class that cannot be loaded, the code
 * that met the error retries.
 */
public final class FatalErrors {

    /** The exit code, the same as that of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    private static final int DEEPEST = 16;

    private FatalErrors() {}

    /**
     * Does not return if the failure or one of its causes is fatal. Nothing is closed: the state after a kill needs
     * no repair.
     */
    public static void endProcessIfFatal(Throwable failure) {
        if (isFatal(failure)) {
            try {
                LOG.error("The process ends with exit code {}: nothing in it can be relied on", EXIT_CODE, failure);
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
        }
    }

    static boolean isFatal(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
