package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.LongRange;

class TaskFieldTest {

    private static final SubmissionValidator VALIDATOR = new SubmissionValidator();

    @Property
    void takesATaskOfItsProjectAndOfNoOtherThatLooksLikeIt(
            @ForAll @LongRange(min = 1) long project, @ForAll("changes") Tuple2<Integer, String> change) {
        String own = Long.toString(project);
        String given = change.get2() + own.substring(Math.min(change.get1(), own.length()));
        String task = given + "-T6";

        Validation<SessionSummary> validation = VALIDATOR.validateSession(
                Validating.sessionWithNote("task", "\"" + task + "\"").getBytes(StandardCharsets.UTF_8),
                project,
                new DocumentSize());

        String told = Validating.told(validation);
        if (given.equals(own)) {
            assertThat(told).isEqualTo("valid");
        } else if (given.isEmpty()) {
            assertThat(told).contains("\\\"" + task + "\\\" is not a valid task");
        } else {
            assertThat(told).contains("The task \\\"" + task + "\\\" is not one of project " + own + ".");
        }
    }

    /** How many of the project's first digits are left out, and what is put before the others. */
    @Provide
    Arbitrary<Tuple2<Integer, String>> changes() {
        return Arbitraries.of(
                Tuple.of(0, ""),
                Tuple.of(0, "0"),
                Tuple.of(0, "7"),
                Tuple.of(1, ""),
                Tuple.of(1, "0"),
                Tuple.of(2, ""),
                Tuple.of(2, "33"));
    }
}
