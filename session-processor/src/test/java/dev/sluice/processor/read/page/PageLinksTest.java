package dev.sluice.processor.read.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.processor.FakeRequest;
import org.junit.jupiter.api.Test;

class PageLinksTest {

    private static final String LIST = "http://sluice.test:8080/api/v2/projects/1/analysis-sessions/";

    @Test
    void nameThePlaceByAnId() {
        PageLinks links = new PageLinks(FakeRequest.list(1, ""), 50);

        assertThat(links.beyond(700L, Direction.DOWN)).isEqualTo(LIST + "?page_size=50&before=700");
        assertThat(links.beyond(700L, Direction.UP)).isEqualTo(LIST + "?page_size=50&after=700");
    }

    @Test
    void keepWhatElseWasAskedForAsItWasWritten() {
        PageLinks links = new PageLinks(
                FakeRequest.list(1, "page=3&q=a%20%26b&page%5Fsize=50&&ordering=-id&before=9&after=8&broken=%zz"), 50);

        assertThat(links.beyond(7L, Direction.DOWN))
                .isEqualTo(LIST + "?q=a%20%26b&ordering=-id&broken=%zz&page_size=50&before=7");
    }
}
