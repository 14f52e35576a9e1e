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
 * A new token that has not been handed out yet.
 *
 * @param text the whole token, including the secret
 * @param token the part that is stored
 */
record NewToken(TokenText text, AccessToken token) {

    /** Creates a random token; {@code kept} makes the stored part from its text. */
    static NewToken random(Function<TokenText, AccessToken> kept) {
        TokenText text = TokenText.random(new SecureRandom());
        return new NewToken(text, kept.apply(text));
    }

    /** The hash of the token's secret, which is safe to store. */
    static SecretHash hash(TokenText text) {
        return SecretHash.ofSecret(text.secret());
    }

    /** Prints only the token on standard output, so that it can be redirected to a file or a variable, and its description on standard error. */
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
