package dev.sluice.standalone.resume;

import dev.sluice.standalone.command.AnswerBody;
import dev.sluice.standalone.command.ApiOptions;
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
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code sluice resume}: a line for every partition that goes on. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Lets processing go on after a flood of bad records has stopped it. Doing it twice is harmless.",
            "It takes an administrator's token that opens all projects."
        })
public final class ResumeCommand implements Runnable {

    private static final String PATH = "/api/v2/processing/resume/";
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int OK = 200;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ApiOptions api = new ApiOptions();

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
        return HttpRequest.newBuilder(URI.create(api.address() + PATH))
                .timeout(PATIENCE)
                .header("Authorization", "Token " + api.token().reveal())
                .header("Accept", "application/json")
                .POST(BodyPublishers.noBody())
                .build();
    }

    private static JsonNode resume(HttpRequest request) {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            AnswerBody answer = new AnswerBody(response.body());
            JsonNode resumed = answer.json().path("resumed");
            if (response.statusCode() != OK || !resumed.isArray()) {
                throw new CommandFailure(request.uri() + " answered " + response.statusCode() + ": " + answer.detail());
            }
            return resumed;
        } catch (IOException e) {
            throw new CommandFailure("no Sluice answers at " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", e);
        }
    }
}
