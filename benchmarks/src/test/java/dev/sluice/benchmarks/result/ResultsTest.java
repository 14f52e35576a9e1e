package dev.sluice.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultsTest {

    @Test
    void haveEveryRunAndWhatTheyWereMadeOnAfterEachPart(@TempDir Path folder) throws IOException {
        Results results =
                new Results(folder.resolve("results"), Instant.parse("2026-01-02T03:04:05Z"), Surroundings.record());
        Figure figure = Figure.of("rate", "/s", new Samples(List.of(1.0, 2.0)))
                .against("ceiling", new Samples(List.of(2.0, 2.0)))
                .toReach(Reach.atLeast(0.5));
        results.add("posts", List.of(figure));
        results.note("measured", "quick");

        results.add("start", List.of(Figure.of("ready", "s", Samples.of(3))));

        JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(Path.of(results.file() + ".json")));
        assertThat(results.file()).hasFileName("2026-01-02T030405Z");
        assertThat(json.at("/surroundings/processors").stringValue()).isNotEmpty();
        assertThat(json.at("/surroundings/measured").stringValue()).isEqualTo("quick");
        assertThat(json.at("/figures/0/ours").toString()).isEqualTo("[1.0,2.0]");
        assertThat(json.at("/figures/0/ratio").doubleValue()).isEqualTo(0.75);
        assertThat(json.at("/figures/0/reached").booleanValue()).isTrue();
        assertThat(json.at("/figures/1/what").stringValue()).isEqualTo("start: ready");
        assertThat(Files.readString(Path.of(results.file() + ".md"))).contains("posts: rate", "start: ready");
    }
}
