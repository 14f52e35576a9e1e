package dev.sluice.ingest.feed;

import static dev.sluice.ingest.feed.FeedPlaces.Answer.ALL_TAKEN;
import static dev.sluice.ingest.feed.FeedPlaces.Answer.OWN_TAKEN;
import static dev.sluice.ingest.feed.FeedPlaces.Answer.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeedPlacesTest {

    private final FeedPlaces places = new FeedPlaces(4);

    @Test
    void leavesHalfToOthersThanOneToken() {
        assertThat(places.take("one")).isEqualTo(TAKEN);
        assertThat(places.take("one")).isEqualTo(TAKEN);

        assertThat(places.take("one")).isEqualTo(OWN_TAKEN);
        assertThat(places.take("other")).isEqualTo(TAKEN);
    }

    @Test
    void takesNoMoreThanThereAre() {
        assertThat(places.take("a")).isEqualTo(TAKEN);
        assertThat(places.take("a")).isEqualTo(TAKEN);
        assertThat(places.take("b")).isEqualTo(TAKEN);
        assertThat(places.take("b")).isEqualTo(TAKEN);

        assertThat(places.take("c")).isEqualTo(ALL_TAKEN);
        assertThat(places.taken()).isEqualTo(4);
    }

    @Test
    void takesAnotherWhenOneHasEnded() {
        places.take("one");
        places.take("one");
        places.giveBack("one");

        assertThat(places.take("one")).isEqualTo(TAKEN);
        assertThat(places.taken()).isEqualTo(2);
    }

    @Test
    void takesOneThoughThereIsButOne() {
        assertThat(new FeedPlaces(1).take("one")).isEqualTo(TAKEN);
    }
}
