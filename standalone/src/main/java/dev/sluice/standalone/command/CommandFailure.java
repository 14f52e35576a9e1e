package dev.sluice.standalone.command;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked, for a reason that its user can understand and mend: its message is that reason, in one line. */
public class CommandFailure extends RuntimeException {

    public CommandFailure(String reason) {
        super(reason);
    }

    public CommandFailure(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
