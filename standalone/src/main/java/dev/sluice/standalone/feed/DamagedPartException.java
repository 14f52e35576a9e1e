package dev.sluice.standalone.feed;

import dev.sluice.standalone.command.CommandFailure;

/** The server has stored lines of a segment that was damaged on its way: under the feed's key the right ones can no longer be. */
final class DamagedPartException extends CommandFailure {

    private final transient Damage damage;

    DamagedPartException(String reason, Damage damage) {
        super(reason);
        this.damage = damage;
    }

    /** The same with what is stored up to {@code lastLine}. */
    DamagedPartException(DamagedPartException found, long lastLine) {
        super(String.valueOf(found.getMessage()), found);
        this.damage = new Damage(found.damage.firstLine(), lastLine, found.damage.ids());
    }

    Damage damage() {
        return damage;
    }
}
