package dev.sluice.standalone.token;

import dev.sluice.contract.access.TokenText;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.WrongArgument;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.io.PrintWriter;
import java.util.regex.Pattern;
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

    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Parameters(
            paramLabel = "ID",
            description = "The token's id, as \"sluice token list\" shows it, or the token itself.")
    private String idOrToken = "";

    @Override
    public void run() {
        // Whoever revokes a token that leaked may have nothing but the token, and the secret in it must not get into a
        // log.
        String id = TokenText.parse(idOrToken).map(TokenText::id).orElse(idOrToken);
        if (!ID.matcher(id).matches()) {
            throw new WrongArgument(
                    "expected a token's id, 16 hexadecimal digits as \"sluice token list\" shows it, or the whole token");
        }
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
