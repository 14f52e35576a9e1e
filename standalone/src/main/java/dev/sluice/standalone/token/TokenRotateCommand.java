package dev.sluice.standalone.token;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.TokenText;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice token rotate}: both tokens work for a while, so that users of the old one can switch over without being refused. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = "Replaces a token and prints the new one; the old one stops working after a grace period.")
final class TokenRotateCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "ID", description = "The old token's id, as \"sluice token list\" shows it.")
    private String id = "";

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = Lifetime.class,
            defaultValue = "1h",
            description = "How long the old token goes on working, as in 7d, 12h or 30m. Default: ${DEFAULT-VALUE}.")
    private Duration grace = Duration.ofHours(1);

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Lifetime.class,
            description = "Lifetime of the new token, as in 90d. Default: the old one's original lifetime.")
    private @Nullable Duration lifetime;

    @Override
    public void run() {
        KafkaTokens tokens = KafkaTokens.of(kafka);
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        AccessToken old = tokens.read().stream()
                .filter(token -> token.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        "there is no token " + id + ": \"sluice token list\" shows those that there are"));
        if (!old.isValidAt(now)) {
            throw new CommandFailure("token " + id + " has expired: make another with \"sluice token create\"");
        }
        NewToken made = NewToken.random(text -> successor(text, old, now));
        // The order matters: whatever happens in between, one of the two works, and the user has it.
        tokens.publish(made.token());
        made.show(spec);
        spec.commandLine().getErr().println(end(tokens, ending(old, now.plus(grace))));
    }

    private String end(KafkaTokens tokens, AccessToken ending) {
        try {
            return "Token " + id
                    + (tokens.change(ending)
                            ? " works until " + ending.expires() + "."
                            : " was revoked meanwhile and stays so.");
        } catch (CommandFailure e) {
            throw new CommandFailure(
                    "the new token works, but the old one may have no end, so revoke it in time: " + e.getMessage(), e);
        }
    }

    private AccessToken successor(TokenText text, AccessToken old, Instant now) {
        Instant expires = old.originalExpires();
        Duration asBefore = expires == null ? null : Duration.between(old.created(), expires);
        Duration wanted = lifetime == null ? asBefore : lifetime;
        return new AccessToken(
                text.id(),
                NewToken.hash(text),
                old.user(),
                old.projects(),
                old.role(),
                now,
                wanted == null ? null : now.plus(wanted));
    }

    private static AccessToken ending(AccessToken old, Instant end) {
        Instant expires = old.expires();
        return new AccessToken(
                old.id(),
                old.secretHash(),
                old.user(),
                old.projects(),
                old.role(),
                old.created(),
                expires == null || end.isBefore(expires) ? end : expires,
                old.originalExpires());
    }
}
