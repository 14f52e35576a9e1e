package dev.sluice.standalone.token;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.text.Printable;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A new token, on its way to its holder.
 *
 * @param text the whole of it
 * @param token what is kept of it
 */
record NewToken(TokenText text, AccessToken token) {

    /** A random one; {@code kept} says what is kept of it, but for the id and the hash that it is given. */
    static NewToken random(Function<TokenText, AccessToken> kept) {
        TokenText text = TokenText.random(new SecureRandom());
        return new NewToken(text, kept.apply(text));
    }

    /** What may be kept of a secret. */
    static SecretHash hash(TokenText text) {
        return SecretHash.ofSecret(text.secret());
    }

    /** Standard output gets the token and nothing else, so that it can go into a file or a variable; standard error says what it is. */
    void show(CommandSpec command) {
        Instant expires = token.expires();
        String name =
                Printable.text((token.user().firstName() + " " + token.user().lastName()).strip());
        PrintWriter explanation = command.commandLine().getErr();
        explanation.println("Token " + token.id() + " for user " + token.user().id() + " (" + name + "): "
                + token.role().slug() + " of projects " + ProjectsOption.text(token.projects())
                + (expires == null ? ", never expires." : ", expires " + expires + ".") + " It is not shown again:");
        explanation.flush();
        PrintWriter out = command.commandLine().getOut();
        out.println(text.reveal());
        out.flush();
    }
}
