package dev.sluice.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    private final Samples ours = new Samples(List.of(20.0, 60.0, 30.0));
    private final Samples theirs = new Samples(List.of(10.0, 20.0, 30.0));

    @Test
    void takesRatiosRunByRun() {
        Figure figure = Figure.of("CPU", "us", ours).against("nothing", theirs);

        assertThat(figure.measure().values()).containsExactly(2.0, 3.0, 1.0);
        assertThat(figure.measure().median()).isEqualTo(2);
        assertThat(figure.measure().least()).isEqualTo(1);
        assertThat(figure.measure().most()).isEqualTo(3);
    }

    @Test
    void isReachedByTheMedianOfTheRatios() {
        Figure figure = Figure.of("CPU", "us", ours).against("nothing", theirs);

        assertThat(figure.toReach(Reach.atMost(2)).isReached()).isTrue();
        assertThat(figure.toReach(Reach.atMost(1.9)).isReached()).isFalse();
        assertThat(figure.toReach(Reach.atLeast(2)).isReached()).isTrue();
        assertThat(figure.toReach(Reach.atLeast(2.1)).isReached()).isFalse();
    }

    @Test
    void isReachedByItselfWhereThereIsNoBaseline() {
        Figure figure = Figure.of("ready", "s", ours);

        assertThat(figure.toReach(Reach.atMost(30)).isReached()).isTrue();
        assertThat(figure.toReach(Reach.atMost(29)).isReached()).isFalse();
    }

    @Test
    void liesBetweenTheTwoInTheMiddleOfAnEvenNumber() {
        assertThat(new Samples(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
    }

    @Test
    void saysInTheTableWhetherItIsReached() {
        Figure figure = Figure.of("CPU", "us", ours).against("nothing", theirs);

        String table = Table.of(List.of(figure.toReach(Reach.atMost(1.5)), figure.toReach(Reach.atLeast(1.5))));

        assertThat(table).contains("30.0 (20.0-60.0)", "2.00 (1.00-3.00)", "<= 1.500: NO", ">= 1.500: yes");
    }
}
