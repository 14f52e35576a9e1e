package dev.sluice.standalone.resume;

import dev.sluice.http.api.ApiResource;
import dev.sluice.standalone.command.ApiOptions;
import dev.sluice.standalone.command.CommandFailure;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code sluice resume}: prints a line for each partition that it resumes. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Resumes processing that a flood of bad records has stopped. Running it twice is harmless.",
            "Needs an administrator's token for all projects."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing is stopped any more",
            "1:not resumed; running it again is harmless",
            "2:wrong arguments"
        })
public final class ResumeCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode resumed = resume();
        if (resumed.isEmpty()) {
            out.println("Nothing was stopped.");
        }
        for (JsonNode one : resumed) {
            out.println("Partition " + one.path("partition").asLong() + " goes on at offset "
                    + one.path("offset").asLong() + "; it had been stopped since "
                    + one.path("since").asString() + " by " + one.path("reason").asString() + ".");
        }
        out.flush();
    }

    private JsonNode resume() {
        JsonNode resumed = api.post(ApiResource.RESUME.path()).path("resumed");
        if (!resumed.isArray()) {
            throw new CommandFailure("what answers at " + api.address() + " is no Sluice");
        }
        return resumed;
    }
}
