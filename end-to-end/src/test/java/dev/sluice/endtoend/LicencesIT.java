package dev.sluice.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped dependencies, according to the bills of materials of the build, match {@code docs/licences.md}. */
class LicencesIT {

    private static final Path ROOT = Path.of(requireNonNull(System.getProperty("sluice.root")));
    private static final Pattern ROW = Pattern.compile("\\| ([^|: ]+:[^| ]+) \\| ([^|]+) \\|");

    @Test
    void listsEveryLibraryThatIsShippedWithItsLicence() throws IOException {
        Map<String, String> shipped = new TreeMap<>();
        for (String module : List.of("standalone", "ingest-api", "session-processor")) {
            shipped.putAll(libraries(ROOT.resolve(module).resolve("target/bom.json")));
        }

        assertThat(listed()).isEqualTo(shipped);
    }

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/licences.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                listed.put(row.group(1), row.group(2));
            }
        }
        return listed;
    }

    private static Map<String, String> libraries(Path bom) throws IOException {
        JsonNode components =
                JsonMapper.shared().readTree(Files.readAllBytes(bom)).path("components");
        assertThat(components).isNotEmpty();
        Map<String, String> libraries = new TreeMap<>();
        for (JsonNode component : components) {
            String group = component.path("group").stringValue();
            if (!group.equals("dev.sluice")) {
                libraries.put(group + ":" + component.path("name").stringValue(), licences(component));
            }
        }
        return libraries;
    }

    private static String licences(JsonNode component) {
        return component
                .path("licenses")
                .valueStream()
                .map(LicencesIT::licence)
                .sorted()
                .reduce((first, second) -> first + " or " + second)
                .orElse("none");
    }

    private static String licence(JsonNode entry) {
        JsonNode licence = entry.path("license");
        return licence.path("id")
                .stringValue(licence.path("name")
                        .stringValue(entry.path("expression").stringValue("")));
    }
}
