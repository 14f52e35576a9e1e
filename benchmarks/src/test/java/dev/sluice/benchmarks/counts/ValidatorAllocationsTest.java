package dev.sluice.benchmarks.counts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import org.junit.jupiter.api.Test;

class ValidatorAllocationsTest {

    private static final long PROJECT = 7;
    private static final int FEW = 100;
    private static final int MANY = 1_100;
    private static final int TIMES = 20;
    private static final long MOST_BYTES = 2_500;

    private final SubmissionValidator validator = new SubmissionValidator();

    @Test
    void allocatesNothingForANoteThatKeepsTheRules() {
        byte[] few = session(FEW);
        byte[] many = session(MANY);

        long perNote = (allocatedFor(many) - allocatedFor(few)) / (MANY - FEW);

        // Less than the smallest object.
        assertThat(perNote).isLessThan(16);
    }

    @Test
    void allocatesLittleForASession() {
        assertThat(allocatedFor(session(2))).isLessThanOrEqualTo(MOST_BYTES);
    }

    private long allocatedFor(byte[] session) {
        // Jackson's symbol table learns the names on the first pass.
        validate(session);
        return Allocations.ofThisThread(TIMES, () -> validate(session));
    }

    private void validate(byte[] session) {
        if (!(validator.validateSession(session, PROJECT, new DocumentSize()) instanceof Validation.Valid)) {
            throw new AssertionError("a session of the workload breaks the rules");
        }
    }

    private static byte[] session(int notes) {
        return new Workload(SessionSize.LARGE, Workload.SEED)
                .nextOf(PROJECT, notes)
                .body();
    }
}
