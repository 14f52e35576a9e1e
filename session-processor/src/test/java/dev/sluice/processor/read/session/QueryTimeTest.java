package dev.sluice.processor.read.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2014-12-15T20:10:51.900000Z, 2014-12-15T20:10:51.900Z",
        "2014-12-15T20:10:51.900001Z, 2014-12-15T20:10:51.901Z",
        "2014-12-15T20:10:51Z, 2014-12-15T20:10:51Z",
        "2014-12-15T20:10:51, 2014-12-15T20:10:51Z",
        "2014-12-15T20:10, 2014-12-15T20:10:00Z",
        "2014-12-15T20:10:51+02:00, 2014-12-15T18:10:51Z",
        "2014-12-15T20:10:51 02:00, 2014-12-15T18:10:51Z",
        "2014-12-15T20:10:51-02:30, 2014-12-15T22:40:51Z",
        "2014-12-15T20:10:51.900001+0000, 2014-12-15T20:10:51.901Z",
        "2014-12-15T20:10:51 0200, 2014-12-15T18:10:51Z",
        "2014-12-15T20:10-0230, 2014-12-15T22:40:00Z"
    })
    void takesTimesToTheMillisecondThatIsNotBefore(String text, Instant time) {
        assertThat(QueryTime.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2014-12-15",
                "2014-13-15T20:10:51Z",
                "2014-12-15T25:10:51Z",
                "1418674251",
                "2014-12-15T20:10:51+02000",
                "2014-12-15T20:10:51+2500",
                "+999999999-12-31T23:59:59Z",
                "-0001-12-31T23:59:59Z",
                "2014-12-15T20:10:51Z2014-12-15T20:10:51Z2014-12-15T20:10:51Z"
            })
    void refusesEverythingElse(String text) {
        assertThat(QueryTime.parse(text)).isEmpty();
    }
}
