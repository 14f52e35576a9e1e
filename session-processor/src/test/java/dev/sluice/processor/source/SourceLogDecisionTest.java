package dev.sluice.processor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.SourceLog;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class SourceLogDecisionTest {

    private static final long FREE = 5_000;
    private static final IdBase RAISED = IdBase.ofFirstPosition(FREE);
    private static final SourceLog KNOWN = new SourceLog("one", 12, IdBase.NONE);

    @Test
    void takesTheLogThatItKnowsAndTheFirstOneThereIs() {
        assertThat(decide(KNOWN, KNOWN, "")).isEqualTo(new SourceLogDecision.Same());
        assertThat(SourceLogDecision.of("t", Optional.empty(), KNOWN, "", () -> fail("asked")))
                .isEqualTo(new SourceLogDecision.Next());
    }

    @Test
    void refusesAnotherNumberOfPartitions() {
        assertThat(refusal(new SourceLog("one", 24, IdBase.NONE))).contains("24", "12", "SLUICE_IDS_BASE to 536870912");
    }

    @Test
    void refusesATopicThatWasMadeAnewUnlessItIsSaidToBeTheSame() {
        SourceLog anew = new SourceLog("two", 12, IdBase.NONE);

        assertThat(refusal(anew)).contains("one", "two", "SLUICE_IDS_BASE to 536870912", "SLUICE_LOG_MOVED_TO to two");
        assertThat(decide(KNOWN, anew, "one")).isInstanceOf(SourceLogDecision.Refused.class);
        assertThat(decide(KNOWN, anew, "two")).isEqualTo(new SourceLogDecision.Next());
        assertThat(decide(KNOWN, new SourceLog("two", 24, IdBase.NONE), "two"))
                .isInstanceOf(SourceLogDecision.Refused.class);
    }

    @Test
    void takesATopicThatWasMadeAnewWithABaseAboveAllIds() {
        assertThat(decide(KNOWN, new SourceLog("two", 6, RAISED), "")).isEqualTo(new SourceLogDecision.Next());
        assertThat(refusal(new SourceLog("two", 12, IdBase.ofFirstPosition(FREE - 1))))
                .contains("1279744", "536870912 or more");
    }

    @Test
    void refusesAnotherBaseForTheSameTopicAndALowerOneForAny() {
        SourceLog raised = new SourceLog("two", 12, RAISED);

        assertThat(refusal(new SourceLog("one", 12, RAISED))).contains("set it back to 0");
        assertThat(decide(raised, new SourceLog("three", 12, IdBase.NONE), "three"))
                .isInstanceOfSatisfying(
                        SourceLogDecision.Refused.class,
                        refused -> assertThat(refused.sentence()).contains("set it back to 1280000"));
    }

    @Test
    void refusesATopicWithoutAnIdAlsoWhereThatIsAllThatIsKnown() {
        SourceLog nameless = new SourceLog(Uuid.ZERO_UUID.toString(), 12, IdBase.NONE);

        assertThat(List.of(
                        decide(nameless, nameless, ""),
                        SourceLogDecision.of("t", Optional.empty(), nameless, "", () -> fail("asked"))))
                .allSatisfy(decision -> assertThat(decision.toString())
                        .contains("Refused", "topic t has no id", "expected a Kafka that gives topics ids"));
    }

    private static String refusal(SourceLog seen) {
        return decide(KNOWN, seen, "") instanceof SourceLogDecision.Refused(String sentence) ? sentence : fail("taken");
    }

    private static SourceLogDecision decide(SourceLog known, SourceLog seen, String movedTo) {
        return SourceLogDecision.of("t", Optional.of(known), seen, movedTo, () -> FREE);
    }
}
