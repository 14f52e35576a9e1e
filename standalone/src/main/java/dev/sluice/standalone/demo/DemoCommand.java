package dev.sluice.standalone.demo;

import static java.util.Objects.requireNonNull;

import dev.sluice.http.api.ApiResource;
import dev.sluice.standalone.command.ApiClient;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.command.LogFile;
import dev.sluice.standalone.start.DataFolder;
import dev.sluice.standalone.start.Standalone;
import dev.sluice.standalone.start.StartOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sluice demo}: starts everything in a fresh folder, submits sessions over HTTP, reads each back over HTTP, and ends. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Starts all of Sluice in a fresh folder, submits sessions of all six analysis types, reads them back, and stops.")
public final class DemoCommand implements Callable<Integer> {

    private static final String SESSIONS = ApiResource.SESSIONS.pathIn(1);
    private static final int CREATED = 201;
    private static final String ROW = "  %-18s  %5s   %-6s %5s   %-5s  %-34s  %s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (DemoFolder fresh = DemoFolder.create();
                DataFolder folder = DataFolder.open(fresh.path());
                Standalone standalone = new Standalone(StartOptions.ON_ANY_PORTS, folder, Clock.systemUTC())) {
            LogFile.use(folder.log(), folder.auditTrail());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(standalone, fresh), "stop"));
            say(out, "Starting Kafka, a store and both services, in a fresh folder ...");
            standalone.start();
            String token = Files.readString(standalone.adminToken()).strip();
            try (ApiClient client = new ApiClient(standalone.baseUrl(), token)) {
                show(out, client, standalone.baseUrl());
            }
        }
        return 0;
    }

    private static void show(PrintWriter out, ApiClient client, String baseUrl) throws Exception {
        say(out, "Submitting to " + baseUrl + SESSIONS + "\n");
        out.printf(Locale.ROOT, ROW, "analysis_type", "notes", "POST", "id", "GET", "analysis_ref", "created");
        List<Long> ids = new ArrayList<>();
        for (String session : sessions()) {
            JsonNode submitted = JsonMapper.shared().readTree(session);
            long id = client.post(SESSIONS, session, CREATED).path("id").longValue();
            JsonNode read = client.get(SESSIONS + id + "/");
            requireSame(submitted, read);
            ids.add(id);
            out.printf(
                    Locale.ROOT,
                    ROW,
                    read.path("analysis_type").stringValue(""),
                    submitted.path("notes").size(),
                    CREATED,
                    id,
                    "200",
                    read.path("analysis_ref").stringValue(""),
                    read.path("created").stringValue(""));
            out.flush();
        }
        int listed = client.get(SESSIONS).path("results").size();
        if (listed != ids.size()) {
            throw new CommandFailure("the list has " + listed + " sessions: expected " + ids.size());
        }
        say(out, closing(listed));
    }

    /** Sessions as the six kinds of tools report them, each as JSON text. */
    private static List<String> sessions() throws IOException {
        try (InputStream resource = requireNonNull(DemoCommand.class.getResourceAsStream("/demo/sessions.ndjson"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static void requireSame(JsonNode submitted, JsonNode read) {
        for (String field : List.of("analysis_ref", "analysis_type")) {
            if (!submitted.path(field).equals(read.path(field))) {
                throw new CommandFailure("session " + read.path("id") + " came back with another " + field + ": "
                        + read.path(field) + " instead of " + submitted.path(field));
            }
        }
    }

    private static String closing(int listed) {
        return """

                Each was checked, written to the Kafka topic analysis-submissions and acknowledged by it before it was answered with 201;
                the processor took it from there, checked it again and stored it with its notes; then it was read back from the store,
                where the list has all %s now. This demo's folder is deleted; nothing else was touched.

                Next:  ./sluice start     runs it with data that stays, and prints a curl line to paste
                       ./sluice --help    says what else there is""".formatted(listed);
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }

    private static void stop(Standalone standalone, DemoFolder fresh) {
        standalone.close();
        fresh.close();
    }

    /** A temporary folder that is deleted when it is closed. */
    private record DemoFolder(Path path) implements AutoCloseable {

        static DemoFolder create() throws IOException {
            return new DemoFolder(Files.createTempDirectory("sluice-demo-"));
        }

        /** Reports what cannot be deleted and leaves it to the operating system, which cleans up its temporary folders. */
        @Override
        public void close() {
            if (!Files.exists(path)) {
                return;
            }
            try (Stream<Path> files = Files.walk(path)) {
                files.sorted(Comparator.reverseOrder()).forEach(DemoFolder::delete);
            } catch (UncheckedIOException e) {
                tell(requireNonNull(e.getCause()));
            } catch (IOException e) {
                tell(e);
            }
        }

        private void tell(IOException failure) {
            System.err.println("sluice: " + path + " could not be deleted: " + FailureLine.reason(failure));
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
