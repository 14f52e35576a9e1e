package dev.sluice.processor.rebuild;

import org.jspecify.annotations.Nullable;

/** A rebuild cannot begin or continue, for a reason that the operator can fix. The live generation is unchanged. */
public final class RebuildRefusedException extends RuntimeException {

    RebuildRefusedException(String reason) {
        super(reason);
    }

    RebuildRefusedException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
