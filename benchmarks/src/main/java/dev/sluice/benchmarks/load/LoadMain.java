package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.workload.SessionSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Generates load. The arguments are those of {@link Load}. */
final class LoadMain {

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Arguments given = Arguments.of(arguments);
        boolean posts = given.text("paths").isEmpty();
        List<byte[]> requests = posts
                ? Requests.posts(given.text("token"), SessionSize.of(given.text("size")), given.project())
                : Requests.gets(given.text("token"), Files.readAllLines(Path.of(given.text("paths"))));
        int expected = posts ? 201 : 200;
        if (given.rate() > 0 && given.text("reads").isEmpty()) {
            given.openLoop().run(given.text("server"), given.connections(), requests, expected);
        } else {
            given.loop().run(exchanges(given, requests, expected));
        }
    }

    private static List<Exchange> exchanges(Arguments given, List<byte[]> requests, int expected) throws IOException {
        String reads = given.text("reads");
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < given.connections(); i++) {
            Connection connection = new Connection(given.text("server"));
            exchanges.add(
                    reads.isEmpty()
                            ? new Exchange.Plain(connection, requests, expected)
                            : new Exchange.ReadBack(connection, new Connection(reads), requests, given.text("token")));
        }
        return exchanges;
    }
}
