package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.suite.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.OptionSpec;

class BenchTest {

    @Test
    void takesTheOptionsAndPartsThatTheLauncherLetsThrough() throws IOException {
        List<String> options = Bench.command().getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::names)
                .flatMap(Arrays::stream)
                .toList();

        assertThat(ofLauncher("BENCH_OPTIONS")).containsExactlyInAnyOrderElementsOf(options);
        assertThat(ofLauncher("BENCH_PARTS"))
                .containsExactlyElementsOf(Bench.PARTS.stream().map(Part::name).toList());
    }

    @Test
    void tellsItsVersion() {
        assertThat(Bench.command().getCommandSpec().version())
                .singleElement()
                .asString()
                .startsWith("sluice bench ");
    }

    private static List<String> ofLauncher(String constant) throws IOException {
        Matcher found = Pattern.compile("readonly " + constant + "=\"([^\"]+)\"")
                .matcher(Files.readString(Path.of("../sluice")));
        assertThat(found.find()).isTrue();
        return List.of(found.group(1).split(" "));
    }
}
