package dev.sluice.standalone.command;

import dev.sluice.contract.access.TokenText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/**
 * Command-line options for the API's address and for the file that holds the token. The token itself is never an
 * argument, because every user on the machine can read arguments.
 */
public final class ApiOptions {

    private static final String ADMIN_TOKEN = "admin-token";
    private static final String TOKEN_VARIABLE = "SLUICE_TOKEN";
    private static final String TOKEN_SOURCES = "--data, --token-file, or " + TOKEN_VARIABLE + " in the environment";
    private static final String URL = "--url";
    private static final String URL_VARIABLE = "SLUICE";
    private static final String DEFAULT_URL = "http://localhost:8080";
    private static final int OK = 200;
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    @Option(
            names = URL,
            paramLabel = "URL",
            description =
                    "Sluice's address. Default: that of --data, else the variable SLUICE, else that of the folder data if its token is used, else "
                            + DEFAULT_URL + ".")
    private @Nullable String url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of a running \"sluice start\", for its address and its administrator's token."
                    + " Default: data, if SLUICE_TOKEN is not set and Sluice is on this machine.")
    private @Nullable Path data;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that contains only a token. Default: that of --data, else the variable "
                    + TOKEN_VARIABLE + ", else that of the folder data.")
    private @Nullable Path tokenFile;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private final DefaultFolder defaultFolder;

    public ApiOptions() {
        this(new DefaultFolder());
    }

    ApiOptions(DefaultFolder defaultFolder) {
        this.defaultFolder = defaultFolder;
    }

    /**
     * Returns the address, without trailing slashes.
     *
     * @throws WrongArgument if the address is none
     * @throws CommandFailure if nothing is running in the folder that the address or the token would come from, with a message for the user
     */
    public String address() {
        if (url != null) {
            return address(url, URL);
        }
        if (data != null) {
            return AnnouncedAddress.API.require(data);
        }
        String variable = variable(URL_VARIABLE);
        if (!variable.isBlank()) {
            return address(variable, URL_VARIABLE);
        }
        if (tokenFile != null || !variable(TOKEN_VARIABLE).isBlank()) {
            return DEFAULT_URL;
        }
        // A folder's own token goes only to the address that the folder announces: another process may be listening
        // at the default one.
        String announced = AnnouncedAddress.API
                .find(defaultFolder.path())
                .orElseThrow(() -> new CommandFailure("no Sluice runs in " + defaultFolder
                        + ": start it with \"sluice start\", or give " + TOKEN_SOURCES));
        defaultFolder.use(command);
        return announced;
    }

    /**
     * Returns the token.
     *
     * @throws CommandFailure if there is no token, with a message for the user
     */
    public TokenText token() {
        if (tokenFile != null) {
            return tokenIn(tokenFile);
        }
        if (data != null) {
            return tokenIn(data.resolve(ADMIN_TOKEN));
        }
        String variable = variable(TOKEN_VARIABLE);
        if (!variable.isBlank()) {
            return token(variable, TOKEN_VARIABLE);
        }
        // The user has not named this address for this token, which belongs to an administrator.
        if (!isOnThisMachine(address())) {
            throw new CommandFailure("the token of the folder " + defaultFolder
                    + " stays on this machine: for " + address() + " give --token-file, or " + TOKEN_VARIABLE
                    + " in the environment");
        }
        TokenText token = tokenIn(defaultFolder.path().resolve(ADMIN_TOKEN));
        defaultFolder.sayToken(command);
        return token;
    }

    /**
     * Sends a POST without a body and returns the response, which has to be 200.
     *
     * @throws CommandFailure if it is not, or there is none, with a message for the user
     */
    public JsonNode post(String path) {
        try (ApiClient client = new ApiClient(address(), token().reveal())) {
            return client.post(path, "", OK);
        }
    }

    static boolean isOnThisMachine(String address) {
        return LOOPBACK.matcher(URI.create(address).getHost()).matches();
    }

    private static String variable(String name) {
        return Objects.requireNonNullElse(System.getenv(name), "");
    }

    private static String address(String text, String where) {
        String address = text.strip().replaceFirst("/+$", "");
        try {
            URI uri = URI.create(address);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return address;
            }
            throw noAddress(text, where, null);
        } catch (IllegalArgumentException e) {
            throw noAddress(text, where, e);
        }
    }

    private static WrongArgument noAddress(String text, String where, @Nullable Exception cause) {
        return new WrongArgument(where + " " + text + " is not an address: expected http://HOST:PORT", cause);
    }

    private static TokenText tokenIn(Path file) {
        try {
            return token(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new CommandFailure("there is no token in " + file + ": give " + TOKEN_SOURCES, e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the token in " + file + ": " + FailureLine.reason(e), e);
        }
    }

    private static TokenText token(String text, String where) {
        return TokenText.parse(text.strip()).orElseThrow(() -> new CommandFailure(where + " does not hold a token"));
    }
}
