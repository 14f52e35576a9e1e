package dev.sluice.standalone.feed;

import dev.sluice.contract.access.TokenText;
import dev.sluice.standalone.command.FailureLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;

/** Runs {@code sluice feed} in a folder, against a server of its own. */
final class FeedRun implements AutoCloseable {

    private final StringWriter err = new StringWriter();
    private final FeedServer server = new FeedServer();
    private final Path file;
    private final Path token;

    FeedRun(Path folder) throws IOException {
        file = folder.resolve("feed.ndjson");
        token = Files.writeString(
                folder.resolve("token"), TokenText.random(new SecureRandom()).reveal() + "\n");
    }

    FeedServer server() {
        return server;
    }

    /** What is fed unless a test says otherwise. */
    Path file() {
        return file;
    }

    /** What the last command has written to standard error. */
    String err() {
        return err.toString();
    }

    int feed() {
        return feed(file);
    }

    int feed(Path what, String... more) {
        return feedTo(server.url(), what, more);
    }

    int feedTo(String url, Path what, String... more) {
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(
                List.of(what.toString(), "--project", "7", "--url", url, "--token-file", token.toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new FeedCommand())
                .setExecutionExceptionHandler(new FailureLine())
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        server.close();
    }

    static String numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "{\"n\":" + n + "}\n")
                .collect(Collectors.joining());
    }
}
