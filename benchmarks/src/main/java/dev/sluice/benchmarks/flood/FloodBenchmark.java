package dev.sluice.benchmarks.flood;

import dev.sluice.contract.id.SubmissionId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures how long somebody who asks for little waits, alone and while somebody else floods the same server; without quotas and with. */
@Command(
        name = "flood-benchmark",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures what one caller's flood costs another, on a standalone that it starts and stops.")
public final class FloodBenchmark implements Callable<Integer> {

    private static final long QUIET_PROJECT = 1;
    private static final long MOST_PROJECTS = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    @Option(names = "--standalone", description = "Its jar.")
    private Path standalone = Path.of("standalone/target/standalone.jar");

    @Option(names = "--seconds", description = "How long each of the four measurements lasts, up to 20.")
    private int seconds = 12;

    @Option(names = "--rate", description = "Sessions a second of the quiet one.")
    private int rate = 25;

    @Option(names = "--parallel", description = "The flood's POSTs at a time, beside its feed.")
    private int parallel = 16;

    @Option(
            names = "--flooded",
            description = "Which project is flooded; by default one in another partition than the quiet one's.")
    private long project;

    @Option(names = "--quota", description = "Requests and sessions a second that a token has in the second half.")
    private int quota = 100;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FloodBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Duration during = Duration.ofSeconds(Math.clamp(seconds, 1, 20));
        System.out.printf(
                "One session every %.0f ms, for %d s each; times from when each was due, in ms%n%n",
                1000.0 / rate, during.toSeconds());
        System.out.printf(
                "%-26s %6s %7s %9s %9s %9s %9s%n", "", "posts", "failed", "201 50%", "201 99%", "read 50%", "read 99%");
        measure("no quotas", Map.of(), during);
        String limit = Integer.toString(quota);
        measure(
                "quotas of " + limit,
                Map.of("SLUICE_QUOTA_REQUESTS", limit, "SLUICE_QUOTA_SESSIONS", limit, "SLUICE_QUOTA_BURST", "1s"),
                during);
        return 0;
    }

    private void measure(String name, Map<String, String> quotas, Duration during)
            throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("sluice-flood");
        try (Server server = Server.start(standalone, data, quotas);
                Caller quiet = new Caller(server.token("quiet"));
                Caller loud = new Caller(server.token("loud"))) {
            URI flooded = project > 0 ? server.sessions(project) : besides(server, quiet);
            QuietOne posting = new QuietOne(quiet, server.sessions(QUIET_PROJECT), rate);
            posting.post(WARM_UP);
            Latencies alone = posting.post(during);
            row(name + ", alone", alone);
            Flood flood = Flood.start(loud, flooded, parallel);
            Latencies withFlood;
            try (flood) {
                withFlood = posting.post(during);
            }
            row(name + ", with the flood", withFlood);
            System.out.printf(
                    "  99%% with the flood to alone: 201 %.1f times, read %.1f times%n  the flood: %s%n%n",
                    withFlood.acceptedMillis(99) / alone.acceptedMillis(99),
                    withFlood.readableMillis(99) / alone.readableMillis(99),
                    flood);
        } finally {
            delete(data);
        }
    }

    private static void row(String name, Latencies latencies) {
        System.out.printf(
                "%-26s %6d %7d %9.1f %9.1f %9.1f %9.1f%n",
                name,
                latencies.count(),
                latencies.failures(),
                latencies.acceptedMillis(50),
                latencies.acceptedMillis(99),
                latencies.readableMillis(50),
                latencies.readableMillis(99));
    }

    /** Not in the quiet one's partition: that is processed in order, so that what shares it with the flood waits by design. */
    private static URI besides(Server server, Caller caller) throws IOException, InterruptedException {
        int quiet = partition(caller, server.sessions(QUIET_PROJECT));
        for (long project = QUIET_PROJECT + 1; project < MOST_PROJECTS; project++) {
            URI sessions = server.sessions(project);
            if (partition(caller, sessions) != quiet) {
                return sessions;
            }
        }
        throw new IOException("expected a project in another partition than " + quiet);
    }

    private static int partition(Caller caller, URI sessions) throws IOException, InterruptedException {
        String path = URI.create(
                        caller.post(sessions).headers().firstValue("Location").orElseThrow())
                .getPath();
        int last = path.length() - 1;
        String id = path.substring(path.lastIndexOf('/', last - 1) + 1, last);
        return SubmissionId.of(Long.parseLong(id)).partition();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
