package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.workload.SessionSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Makes load. Its arguments are those of {@link Load}. */
final class LoadMain {

    private LoadMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Arguments given = Arguments.of(arguments);
        List<Exchange> exchanges = exchanges(given);
        given.loop().run(exchanges);
    }

    private static List<Exchange> exchanges(Arguments given) throws IOException {
        String token = given.text("token");
        String server = given.text("server");
        String paths = given.text("paths");
        String reads = given.text("reads");
        List<byte[]> requests = paths.isEmpty()
                ? Requests.posts(token, SessionSize.of(given.text("size")))
                : Requests.gets(token, Files.readAllLines(Path.of(paths)));
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < given.connections(); i++) {
            Connection connection = new Connection(server);
            exchanges.add(
                    reads.isEmpty()
                            ? new Exchange.Plain(connection, requests, paths.isEmpty() ? 201 : 200)
                            : new Exchange.ReadBack(connection, new Connection(reads), requests, token));
        }
        return exchanges;
    }
}
