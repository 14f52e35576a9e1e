package dev.sluice.processor.rebuild;

/** A rebuild cannot begin or go on, for a reason that whoever asked for it can mend. The live generation is as it was. */
public final class RebuildRefusedException extends RuntimeException {

    RebuildRefusedException(String reason) {
        super(reason);
    }

    RebuildRefusedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
