package dev.sluice.test.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference.md} lists exactly the metrics that the sources name. */
class DocumentedMetricsTest {

    private static final Pattern IN_QUOTES =
            Pattern.compile("\"(sluice\\.(?:build|(?:http|ingest|processor|log)(?:\\.[a-z]+)+))\"");

    @Test
    void listsWhatTheSourcesNameAndNothingElse() throws IOException {
        Set<String> documented = ReferenceTables.metrics().keySet();
        Set<String> named = ShippedSources.find(IN_QUOTES);

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(documented).anyMatch(shown -> isShownAs(shown, name)));
        assertThat(documented).allSatisfy(shown -> assertThat(named).anyMatch(name -> isShownAs(shown, name)));
    }

    private static boolean isShownAs(String shown, String name) {
        return Stream.of("", "_total", "_seconds", "_bytes", "_seconds_total")
                .anyMatch(end -> shown.equals(name.replace('.', '_') + end));
    }
}
