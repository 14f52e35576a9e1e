package dev.sluice.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The addresses that a running standalone writes to its data folder, so that other commands can find it. */
public enum AnnouncedAddress {
    /** Kafka's bootstrap servers. */
    KAFKA("kafka.address"),
    /** The store's connection string, including its password. */
    STORE("store.address"),
    /** The API's URL, without a trailing slash. */
    API("api.address");

    private final String file;

    AnnouncedAddress(String file) {
        this.file = file;
    }

    public Path in(Path folder) {
        return folder.resolve(file);
    }

    /**
     * Returns the announced address, or empty if no standalone is running in the folder or it is not ready yet. An
     * address left behind by a killed process is ignored: another process may be listening there by now, and would be
     * sent a token.
     *
     * @throws CommandFailure if the address cannot be read
     */
    public Optional<String> find(Path folder) {
        try {
            String address = Files.readString(in(folder)).strip();
            return FolderLock.isHeld(folder) ? Optional.of(address) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure("cannot look into the folder " + folder + ": " + FailureLine.reason(e), e);
        }
    }

    /**
     * Returns the announced address.
     *
     * @throws CommandFailure if the address cannot be read, or no standalone is running in the folder
     */
    public String require(Path folder) {
        return find(folder)
                .orElseThrow(() -> new CommandFailure(
                        "no Sluice runs in " + folder + ": start it with \"sluice start --data " + folder + "\""));
    }
}
