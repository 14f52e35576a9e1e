package dev.sluice.processor.fault;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.text.Printable;
import java.util.Optional;

/** The records that an administrator has set aside because our own code fails on them. They are dead letters, whatever is in them. */
@FunctionalInterface
public interface SetAside {

    /** What {@link #isReason} wants, for people. */
    String EXPECTED_REASON = "Expected the reason, in 1 to 255 printable characters in UTF-8.";

    /** Why a record is set aside, in the administrator's words; empty if it is not. */
    Optional<String> reason(SubmissionId id);

    /** U+FFFD stands for bytes that were not UTF-8. */
    static boolean isReason(String text) {
        return text.matches("(?=.*\\S)[" + Printable.CLASSES + "&&[^\\uFFFD]]{1,255}");
    }
}
