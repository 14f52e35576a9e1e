package dev.sluice.standalone.resume;

import dev.sluice.standalone.command.CallerToken;
import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code sluice resume}: a line for every partition that goes on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Lets processing go on after a flood of bad records has stopped it. Doing it twice is harmless.",
            "It takes an administrator's token that opens all projects."
        })
public final class ResumeCommand implements Runnable {

    private static final String PATH = "/api/v2/processing/resume/";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final int LONGEST_DETAIL = 300;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CallerToken token = new CallerToken();

    @Option(names = "--url", paramLabel = "URL", description = "Where the API is.")
    private String url = "http://127.0.0.1:8080";

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode resumed = resume(request());
        if (resumed.isEmpty()) {
            out.println("Nothing was stopped.");
        }
        for (JsonNode one : resumed) {
            out.println("Partition " + one.path("partition").asLong() + " goes on at offset "
                    + one.path("offset").asLong() + "; it was stopped since "
                    + one.path("since").asString() + " by " + one.path("reason").asString() + ".");
        }
        out.flush();
    }

    private HttpRequest request() {
        try {
            return HttpRequest.newBuilder(URI.create(url.replaceFirst("/+$", "") + PATH))
                    .timeout(PATIENCE)
                    .header("Authorization", "Token " + token.read().reveal())
                    .header("Accept", "application/json")
                    .POST(BodyPublishers.noBody())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--url " + url + " is not an address: expected http://HOST:PORT", e);
        }
    }

    private static JsonNode resume(HttpRequest request) {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode resumed = read(response.body()).path("resumed");
            if (response.statusCode() != OK || !resumed.isArray()) {
                throw new CommandFailure(
                        request.uri() + " answered " + response.statusCode() + ": " + detail(response.body()));
            }
            return resumed;
        } catch (IOException e) {
            throw new CommandFailure("no Sluice answers at " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", e);
        }
    }

    private static String detail(String body) {
        String detail = read(body).path("detail").asString("");
        String text = detail.isEmpty() ? body.strip().replaceAll("\\s+", " ") : detail;
        return text.substring(0, Math.min(text.length(), LONGEST_DETAIL));
    }

    private static JsonNode read(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException _) {
            return JsonMapper.shared().missingNode();
        }
    }
}
