package dev.sluice.standalone.token;

import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice token revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Revokes a token permanently.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:revoked",
            "1:not revoked: there is no such token, or Kafka did not say so in time",
            "2:wrong arguments"
        })
final class TokenRevokeCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "ID", description = "The token's id, as \"sluice token list\" shows it.")
    private String id = "";

    @Override
    public void run() {
        KafkaTokens tokens = KafkaTokens.of(kafka);
        if (tokens.read().stream().noneMatch(token -> token.id().equals(id))) {
            throw new CommandFailure("there is no token " + id + ": \"sluice token list\" shows those that there are");
        }
        tokens.revoke(id);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Token " + id + " is revoked.");
        out.flush();
    }
}
