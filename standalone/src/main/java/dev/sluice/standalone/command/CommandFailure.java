package dev.sluice.standalone.command;

import org.jspecify.annotations.Nullable;

/** A command failed for a reason that its user can understand and fix. The message is that reason, on one line. */
public class CommandFailure extends RuntimeException {

    public CommandFailure(String reason) {
        super(reason);
    }

    public CommandFailure(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
