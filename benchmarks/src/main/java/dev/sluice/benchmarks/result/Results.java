package dev.sluice.benchmarks.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** All figures of a run and its environment; saved at each change, so that a later failure does not lose earlier figures. */
public final class Results {

    private final Path file;
    private final Map<String, String> surroundings;
    private final List<Figure> figures = new ArrayList<>();

    /** Creates files that are named after the time of the run. */
    public Results(Path folder, Instant begin, Map<String, String> surroundings) {
        this.file = folder.resolve(begin.toString().substring(0, 19).replace(":", "") + "Z");
        this.surroundings = new LinkedHashMap<>(surroundings);
    }

    public void note(String name, String value) {
        surroundings.put(name, value);
        write();
    }

    /** Adds the figures of a part. */
    public void add(String part, List<Figure> more) {
        more.forEach(figure -> figures.add(figure.of(part)));
        write();
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** The path of the results, without a file extension. */
    public Path file() {
        return file;
    }

    private void write() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("surroundings", surroundings);
        all.put("figures", figures.stream().map(Results::json).toList());
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    Path.of(file + ".json"),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
            Files.writeString(Path.of(file + ".md"), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        surroundings.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.append('\n').append(Table.of(figures)).toString();
    }

    private static Map<String, Object> json(Figure figure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", figure.what());
        json.put("unit", figure.unit());
        json.put("ours", figure.ours().values());
        Samples baseline = figure.baseline();
        if (baseline != null) {
            json.put("against", figure.against());
            json.put("baseline", baseline.values());
            json.put("ratio", figure.measure().median());
        }
        Reach reach = figure.reach();
        if (reach != null) {
            json.put("reach", reach.toString());
            json.put("reached", figure.isReached());
        }
        return json;
    }
}
