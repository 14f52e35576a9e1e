package dev.sluice.standalone.start;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.User;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.token.KafkaTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The first administrator's token, in a file in the data folder. It is created on the first start and published before
 * the file is written, so the services know every token that has been in the file. A revoked token stays revoked.
 */
record AdminToken(Path file, boolean isValid) {

    private static final User ADMINISTRATOR = new User(1, "", "Administrator", "");

    /** @param tell is told if a new token leaves others valid that can do the same */
    static AdminToken ensure(DataFolder folder, KafkaTokens tokens, Clock clock, Consumer<String> tell)
            throws IOException {
        Path file = folder.adminToken();
        Optional<TokenText> present = read(file);
        if (present.isPresent()) {
            return new AdminToken(file, isKnown(present.get(), tokens, clock));
        }
        long others = administrators(tokens, clock);
        TokenText text = TokenText.random(new SecureRandom());
        tokens.publish(new AccessToken(
                text.id(),
                SecretHash.ofSecret(text.secret()),
                ADMINISTRATOR,
                new Projects.All(),
                Role.ADMINISTRATOR,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                null));
        folder.writeSecret(file, text.reveal());
        if (others > 0) {
            tell.accept("there was no " + file + ": a new administrator's token was made; "
                    + (others == 1 ? "another one is" : others + " others are")
                    + " valid until revoked, see \"sluice token list\"");
        }
        return new AdminToken(file, true);
    }

    private static Optional<TokenText> read(Path file) throws IOException {
        try {
            Optional<TokenText> text = TokenText.parse(Files.readString(file).strip());
            if (text.isEmpty()) {
                throw new CommandFailure(file + " does not hold a token: delete it to have a new one made");
            }
            return text;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static long administrators(KafkaTokens tokens, Clock clock) {
        return tokens.read().stream()
                .filter(token -> token.role() == Role.ADMINISTRATOR && token.isValidAt(clock.instant()))
                .count();
    }

    private static boolean isKnown(TokenText text, KafkaTokens tokens, Clock clock) {
        SecretHash hash = SecretHash.ofSecret(text.secret());
        return tokens.read().stream()
                .anyMatch(token -> token.id().equals(text.id())
                        && token.secretHash().equals(hash)
                        && token.isValidAt(clock.instant()));
    }
}
