package dev.sluice.processor.audit;

import dev.sluice.contract.text.Printable;

/**
 * Something in the store that does not follow from the log.
 *
 * @param text what is wrong and what was expected, in one line, without anything of a body
 */
public record Flaw(Kind kind, String text) {

    public Flaw {
        // What others wrote into the store must not steer a terminal.
        text = Printable.text(text);
    }

    /** What it is about. */
    public enum Kind {
        /** A record that progress has passed has no document. */
        MISSING("documents missing"),
        /** A document says something else than its record. */
        CHANGED("documents changed"),
        /** A document belongs to no record. */
        EXTRA("documents too many"),
        /** Where a partition's progress is, or what it counts. */
        PROGRESS("progress"),
        /** The verification of a task. */
        TASK("tasks"),
        /** The counts of a project. */
        COUNT("counts"),
        /** Which submission an Idempotency-Key belongs to. */
        KEY("keys");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For people. */
        public String label() {
            return label;
        }
    }
}
