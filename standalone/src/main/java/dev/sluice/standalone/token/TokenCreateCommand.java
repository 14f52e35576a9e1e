package dev.sluice.standalone.token;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.User;
import dev.sluice.contract.text.Printable;
import dev.sluice.standalone.command.WrongArgument;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code sluice token create}: prints only the token on standard output, so that it can be redirected to a file or a variable. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Creates a token and prints it. It cannot be shown again: only a hash of it is kept.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:created", "1:not created, or Kafka did not say so in time", "2:wrong arguments"})
final class TokenCreateCommand implements Runnable {

    private static final int UNSAFE_BITS = 64 - 53;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its user, as in \"Bob Smith\".")
    private String name = "";

    @Option(names = "--email", paramLabel = "ADDRESS", description = "The user's e-mail address. Default: none.")
    private String email = "";

    @Option(
            names = "--user-id",
            paramLabel = "ID",
            description =
                    "The user's id, shown as updater of sessions. Default: that of other tokens with this e-mail address, else a new one.")
    private @Nullable Long userId;

    @Option(
            names = "--projects",
            required = true,
            paramLabel = "IDS",
            converter = ProjectsOption.class,
            description = "Which projects it gives access to, as in 1,2 or all.")
    private Projects projects = new Projects.All();

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            converter = RoleOption.class,
            description = "What it may do: reader, writer or administrator.")
    private Role role = Role.READER;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Lifetime.class,
            description = "Lifetime from now, as in 90d, 12h or 30m. Default: unlimited.")
    private @Nullable Duration lifetime;

    @Override
    public void run() {
        KafkaTokens tokens = KafkaTokens.of(kafka);
        TokenText text = TokenText.random(new SecureRandom());
        AccessToken token = token(text, tokens);
        tokens.publish(token);
        show(text, token);
    }

    private void show(TokenText text, AccessToken token) {
        Instant expires = token.expires();
        User user = token.user();
        String name = Printable.text((user.firstName() + " " + user.lastName()).strip());
        PrintWriter explanation = spec.commandLine().getErr();
        explanation.println("Token " + token.id() + " for user " + user.id() + " (" + name + "): "
                + token.role().slug() + " of "
                + (projects instanceof Projects.All ? "all projects" : "projects " + ProjectsOption.text(projects))
                + (expires == null ? ", never expires." : ", expires " + expires + ".") + " It is not shown again:");
        explanation.flush();
        PrintWriter out = spec.commandLine().getOut();
        out.println(text.reveal());
        out.flush();
    }

    private AccessToken token(TokenText text, KafkaTokens tokens) {
        // Validate the user before connecting to Kafka.
        User checked = user(userId == null ? 1 : userId);
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);
        return new AccessToken(
                text.id(),
                SecretHash.ofSecret(text.secret()),
                userId == null ? user(idFor(checked.email(), tokens.read(), text)) : checked,
                projects,
                role,
                now,
                lifetime == null ? null : now.plus(lifetime));
    }

    private User user(long id) {
        if (name.isBlank()) {
            throw new WrongArgument("--name is empty: expected the user's name");
        }
        requirePrintable("--name", name);
        requirePrintable("--email", email);
        if (!email.isBlank() && !email.contains("@")) {
            throw new WrongArgument("--email is \"" + email + "\": expected an address, like bob@example.com");
        }
        String[] words = name.strip().split("\\s+", 2);
        try {
            return new User(id, email.strip(), words[0], words.length > 1 ? words[1] : "");
        } catch (IllegalArgumentException e) {
            throw new WrongArgument(String.valueOf(e.getMessage()), e);
        }
    }

    private static void requirePrintable(String option, String text) {
        String printable = Printable.text(text);
        // What is no UTF-8 has become U+FFFD.
        if (!printable.equals(text) || text.indexOf('\uFFFD') >= 0) {
            throw new WrongArgument(option + " is \"" + printable + "\": expected printable characters only");
        }
    }

    /**
     * Reuses the id of the user with this address, else derives a new one from the random token id, shortened to a
     * number that is safe in JavaScript.
     */
    private static long idFor(String address, List<AccessToken> tokens, TokenText text) {
        return tokens.stream()
                .map(AccessToken::user)
                .filter(user -> !address.isEmpty() && user.email().equalsIgnoreCase(address))
                .map(User::id)
                .findFirst()
                .orElseGet(() -> Long.parseUnsignedLong(text.id(), 16) >>> UNSAFE_BITS);
    }

    private static final class RoleOption implements ITypeConverter<Role> {

        @Override
        public Role convert(String text) {
            try {
                return Role.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
