package dev.sluice.processor.audit;

import dev.sluice.contract.text.Printable;

/**
 * Something in the store that does not follow from the log.
 *
 * @param text what is wrong and what was expected, in one line that quotes nothing of a body
 */
public record Flaw(Kind kind, String text) {

    public Flaw {
        // Text from the store must not control a terminal.
        text = Printable.text(text);
    }

    public enum Kind {
        /** A document about the store as a whole: which generation is live, which log it is filled from. */
        STORE("the store as a whole"),
        /** A record that progress has passed has no document. */
        MISSING("documents missing"),
        /** A document does not match its record. */
        CHANGED("documents changed"),
        /** A submission is stored, but is rejected by the rules that the audit decides by. */
        REFUSED("stored against the rules"),
        /** A document belongs to no record. */
        EXTRA("documents too many"),
        /** The position or the counts of a partition's progress. */
        PROGRESS("progress"),
        TASK("tasks"),
        COUNT("counts"),
        /** The submission that an Idempotency-Key belongs to. */
        KEY("keys");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
