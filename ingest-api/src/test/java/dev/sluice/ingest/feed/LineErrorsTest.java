package dev.sluice.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionErrors;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineErrorsTest {

    private static final int MOST_KEPT = 4 * 1024;

    static String[] linesWithMuchToSay() {
        String deep = "[".repeat(1_100);
        String name = "\\u0001".repeat(100_000);
        return new String[] {
            "{\"extra\":0" + ",\"extra\":0".repeat(100_000) + "}",
            "{\"notes\":0" + ",\"notes\":0".repeat(100_000) + "}",
            "{\"" + name + "\":" + deep,
            "{\"notes\":[{\"" + name + "\":" + deep,
            "{\"notes\":[" + "{},".repeat(9_000) + "{}]}",
            "{\"notes\":[{\"status\":\"pass\"" + ",\"status\":0".repeat(100_000) + "}]}",
            "{\"analysis_ref\":0,\"analysis_type\":\"" + name + "\",\"extra\":0,\"extra\":0,\"notes\":[],\"notes\":[]}"
        };
    }

    /** Matters because the errors of a thousand lines are held at a time. */
    @ParameterizedTest
    @MethodSource("linesWithMuchToSay")
    void staySmallWhateverTheLine(String line) {
        assertThat(new LineErrors(true).of(errorsOf(line))).isNotEmpty().hasSizeLessThan(MOST_KEPT + 1);
    }

    private static SubmissionErrors errorsOf(String line) {
        Validation<?> validation =
                new SubmissionValidator().validateSession(line.getBytes(UTF_8), 1, new DocumentSize());
        if (validation instanceof Validation.Invalid<?> invalid) {
            return invalid.errors();
        }
        throw new AssertionError("the line has no errors, but is " + validation);
    }
}
