package dev.sluice.http.server;

import static dev.sluice.http.share.Shares.Outcome.ALL_TAKEN;
import static dev.sluice.http.share.Shares.Outcome.OWN_TAKEN;
import static dev.sluice.http.share.Shares.Outcome.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.server.ByteBudget.Held;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private static final int KIB = 1024;
    private static final Duration AT_ONCE = Duration.ZERO;

    private final ByteBudget budget = new ByteBudget(10 * KIB, 6 * KIB);

    @Test
    void givesACallersRequestsTogetherWhatLeavesAsMuchToOthers() {
        Held first = budget.of("a");
        Held second = budget.of("a");
        Held other = budget.of("b");

        assertThat(first.growTo(4 * KIB, AT_ONCE)).isEqualTo(TAKEN);
        assertThat(second.growTo(3 * KIB, AT_ONCE)).isEqualTo(OWN_TAKEN);
        assertThat(second.growTo(2 * KIB, AT_ONCE)).isEqualTo(TAKEN);
        assertThat(other.growTo(5 * KIB, AT_ONCE)).isEqualTo(ALL_TAKEN);
        assertThat(other.growTo(4 * KIB, AT_ONCE)).isEqualTo(TAKEN);
        assertThat(budget.taken()).isEqualTo(10 * KIB);
    }

    @Test
    void growsAndShrinksByWholeUnits() {
        Held held = budget.of("a");

        assertThat(held.growTo(1, AT_ONCE)).isEqualTo(TAKEN);
        assertThat(held.growTo(KIB, AT_ONCE)).isEqualTo(TAKEN);
        assertThat(budget.taken()).isEqualTo(KIB);
        assertThat(held.growTo(5 * KIB, AT_ONCE)).isEqualTo(TAKEN);
        held.shrinkTo(KIB + 1);
        assertThat(budget.taken()).isEqualTo(2 * KIB).isEqualTo(held.bytes());
        held.shrinkTo(0);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void countsMoreThanARequestMayHoldAsAllOfThat() {
        Held held = budget.of("a");

        assertThat(held.growTo(100 * KIB, AT_ONCE)).isEqualTo(TAKEN);
        assertThat(budget.taken()).isEqualTo(6 * KIB);
    }

    @Test
    void letsALoneRequestGrowToTheEndOfWhatThereIs() {
        Held held = new ByteBudget(8 * KIB, 8 * KIB).of("a");

        for (int size = KIB; size <= 8 * KIB; size *= 2) {
            assertThat(held.growTo(size, AT_ONCE)).isEqualTo(TAKEN);
        }
    }

    @Test
    void holdsAfterARefusalWhatItHeldBefore() {
        Held other = budget.of("b");
        Held held = budget.of("a");
        assertThat(other.growTo(6 * KIB, AT_ONCE)).isEqualTo(TAKEN);

        assertThat(held.growTo(5 * KIB, AT_ONCE)).isEqualTo(ALL_TAKEN);
        assertThat(budget.taken()).isEqualTo(6 * KIB);
        other.shrinkTo(0);
        assertThat(held.growTo(6 * KIB, AT_ONCE)).isEqualTo(TAKEN);
    }
}
