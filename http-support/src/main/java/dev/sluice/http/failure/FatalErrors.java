package dev.sluice.http.failure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells errors after which nothing in the process can be relied on from those that end one attempt. No memory, or a JVM that is broken:
 * threads may have died anywhere, so the process ends at once and whoever supervises it starts it anew. A stack that overflowed, a class that
 * cannot be loaded: whoever met it tries again.
 */
public final class FatalErrors {

    /** The exit code, the same as that of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrors.class);
    private static final int DEEPEST = 16;

    private FatalErrors() {}

    /** Does not return if the failure, or what caused it, is fatal. Nothing is closed: what a kill leaves behind needs no repair. */
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
