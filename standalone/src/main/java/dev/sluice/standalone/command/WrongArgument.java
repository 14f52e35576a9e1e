package dev.sluice.standalone.command;

import org.jspecify.annotations.Nullable;

/** An argument, or a variable that stands for one, is wrong whatever the state of everything else. The command exits with 2. */
public final class WrongArgument extends CommandFailure {

    public WrongArgument(String reason) {
        super(reason);
    }

    public WrongArgument(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
