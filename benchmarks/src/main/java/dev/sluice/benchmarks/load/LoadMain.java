package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.workload.SessionSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes load. Its arguments are those of {@link Load}. */
final class LoadMain {

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Map<String, String> given = Stream.of(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        List<Exchange> exchanges = exchanges(given);
        Loop loop = new Loop(
                Double.parseDouble(given.getOrDefault("rate", "0")),
                Duration.ofMillis(Long.parseLong(given.getOrDefault("warm-up", "0"))),
                Duration.ofMillis(Long.parseLong(given.getOrDefault("measured", "0"))));
        loop.run(exchanges);
    }

    private static List<Exchange> exchanges(Map<String, String> given) throws IOException {
        String token = given.getOrDefault("token", "");
        String server = given.getOrDefault("server", "");
        String paths = given.getOrDefault("paths", "");
        String reads = given.getOrDefault("reads", "");
        List<byte[]> requests = paths.isEmpty()
                ? Requests.posts(token, SessionSize.of(given.getOrDefault("size", "small")))
                : Requests.gets(token, Files.readAllLines(Path.of(paths)));
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(given.getOrDefault("connections", "1")); i++) {
            Connection connection = new Connection(server);
            exchanges.add(
                    reads.isEmpty()
                            ? new Exchange.Plain(connection, requests, paths.isEmpty() ? 201 : 200)
                            : new Exchange.ReadBack(connection, new Connection(reads), requests, token));
        }
        return exchanges;
    }
}
