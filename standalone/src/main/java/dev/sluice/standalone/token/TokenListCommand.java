package dev.sluice.standalone.token;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.User;
import dev.sluice.contract.text.Printable;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice token list}: prints one line for each token, without its secret, which is not stored. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the tokens that are not revoked.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all are listed", "1:they cannot be read", "2:wrong arguments"})
final class TokenListCommand implements Runnable {

    private static final String ROW = "%-16s  %-13s  %-12s  %-16s  %-28s  %-20s  %-20s  %s%n";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public void run() {
        KafkaTokens topics = KafkaTokens.of(kafka);
        List<AccessToken> tokens = topics.read();
        Map<String, Instant> uses = topics.lastUses();
        Instant now = Clock.systemUTC().instant();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, ROW, "ID", "ROLE", "PROJECTS", "USER", "E-MAIL", "EXPIRES", "LAST USED", "NAME");
        tokens.forEach(token -> print(out, token, uses.get(token.id()), now));
        out.flush();
    }

    private static void print(PrintWriter out, AccessToken token, @Nullable Instant used, Instant now) {
        User user = token.user();
        Instant expires = token.expires();
        String until = expires == null ? "never" : token.isValidAt(now) ? expires.toString() : "expired";
        // The topic is open to other producers, so escape what could control the terminal.
        out.printf(
                Locale.ROOT,
                ROW,
                Printable.text(token.id()),
                token.role().slug(),
                ProjectsOption.text(token.projects()),
                user.id(),
                Printable.text(user.email()),
                until,
                used == null ? "-" : used,
                Printable.text((user.firstName() + " " + user.lastName()).strip()));
    }
}
