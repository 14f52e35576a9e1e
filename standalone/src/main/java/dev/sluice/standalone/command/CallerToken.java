package dev.sluice.standalone.command;

import dev.sluice.contract.access.TokenText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the token of whoever runs a command is, as options. Never a token itself: arguments can be read by everybody on the machine. */
public final class CallerToken {

    private static final Path DEFAULT_FOLDER = Path.of("data");
    private static final String ADMIN_TOKEN = "admin-token";
    private static final String VARIABLE = "SLUICE_TOKEN";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The folder of a \"sluice start\", for its administrator's token. Default: data, if SLUICE_TOKEN is not set.")
    private @Nullable Path data;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file that holds a token and nothing else.")
    private @Nullable Path file;

    /**
     * The token.
     *
     * @throws CommandFailure if there is none, with a reason for people
     */
    public TokenText read() {
        if (data != null && file != null) {
            throw new CommandFailure("--data and --token-file both say where the token is: give one of them");
        }
        if (file != null) {
            return in(file);
        }
        if (data != null) {
            return in(data.resolve(ADMIN_TOKEN));
        }
        String variable = Objects.requireNonNullElse(System.getenv(VARIABLE), "");
        return variable.isBlank() ? in(DEFAULT_FOLDER.resolve(ADMIN_TOKEN)) : parse(variable, VARIABLE);
    }

    private static TokenText in(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new CommandFailure(
                    "there is no token in " + file + ": give --data, --token-file, or " + VARIABLE
                            + " in the environment",
                    e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the token in " + file + ": " + e, e);
        }
    }

    private static TokenText parse(String text, String where) {
        return TokenText.parse(text.strip()).orElseThrow(() -> new CommandFailure(where + " does not hold a token"));
    }
}
