package dev.sluice.standalone.feed;

import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the access token is. It is no argument itself: a machine's other users see those. */
final class FeedToken {

    private static final String VARIABLE = "SLUICE_TOKEN";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the access token. Default: what the variable SLUICE_TOKEN says.")
    private @Nullable Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Else the folder of a Sluice on this machine, whose administrator's token is used. Default: ${DEFAULT-VALUE}.",
            defaultValue = "data")
    private Path data = Path.of("data");

    String read(Map<String, String> environment) {
        String variable = environment.getOrDefault(VARIABLE, "").strip();
        if (file == null && !variable.isEmpty()) {
            return variable;
        }
        Path from = file == null ? data.resolve("admin-token") : file;
        try {
            String token = Files.readString(from).strip();
            if (token.isEmpty() || token.contains("\n")) {
                throw new CommandFailure(from + " does not hold a token: expected one line");
            }
            return token;
        } catch (IOException e) {
            throw new CommandFailure(
                    "there is no token: set " + VARIABLE + " or give --token-file (" + from + " cannot be read)", e);
        }
    }
}
