package dev.sluice.test.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/reference.md} lists exactly the variables that the services read. */
class DocumentedSettingsTest {

    private static final Pattern NAMED = Pattern.compile("(SLUICE_[A-Z_]*[A-Z])");
    private static final Pattern IN_QUOTES = Pattern.compile("\"(SLUICE_[A-Z_]*[A-Z])\"");

    // Of commands and scripts, which services expect in their environment but do not read.
    private static final Set<String> NOT_OF_SERVICES = Set.of("SLUICE_JAVA_OPTS", "SLUICE_TOKEN", "SLUICE_TRY_WITH");

    @Test
    void listsWhatTheSourcesName() throws IOException {
        Set<String> named = new TreeSet<>(ShippedSources.find(NAMED));
        named.removeAll(NOT_OF_SERVICES);

        assertThat(ReferenceTables.settings()).isNotEmpty().containsAll(named);
    }

    @Test
    void listsNothingElse() throws IOException {
        assertThat(ShippedSources.find(IN_QUOTES)).containsAll(NOT_OF_SERVICES).containsAll(ReferenceTables.settings());
    }
}
