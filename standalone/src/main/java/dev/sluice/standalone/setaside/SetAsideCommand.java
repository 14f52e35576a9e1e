package dev.sluice.standalone.setaside;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.http.api.ApiResource;
import dev.sluice.processor.fault.SetAside;
import dev.sluice.standalone.command.ApiOptions;
import dev.sluice.standalone.command.WrongArgument;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice set-aside ID --reason TEXT}: makes a record that cannot be processed a dead letter. */
@Command(
        name = "set-aside",
        mixinStandardHelpOptions = true,
        description = {
            "Has processing go on without a record that it stands still at, which becomes a dead letter for good.",
            "Once a release can process it, resubmit it. Needs an administrator's token for all projects."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the record is set aside",
            "1:refused, or unknown if the store did not confirm it",
            "2:wrong arguments"
        })
public final class SetAsideCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "The submission's id, as the log and the readiness say it.")
    private long id;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "Why, in up to 255 characters; readers of its project see it.")
    private String reason = "";

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Override
    public void run() {
        if (!SubmissionId.isValid(id)) {
            throw new WrongArgument(id + " is no submission's id: expected the ID that the log or the readiness names");
        }
        if (!SetAside.isReason(reason)) {
            throw new WrongArgument("--reason: " + SetAside.EXPECTED_REASON);
        }
        String path = ApiResource.SET_ASIDE
                .path()
                .replace("{" + ApiResource.SUBMISSION_ID + "}", Long.toString(id))
                .concat("?reason="
                        + URLEncoder.encode(reason, StandardCharsets.UTF_8).replace("+", "%20"));
        api.post(path);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "Submission " + id + " is set aside: within seconds it is a dead letter, and its partition goes on.");
        out.flush();
    }
}
