package dev.sluice.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The addresses that a running standalone writes into its data folder, so that commands can find it. */
public enum AnnouncedAddress {
    /** Kafka's bootstrap servers. */
    KAFKA("kafka.address"),
    /** The store's connection string, its password included. */
    STORE("store.address"),
    /** The API's URL, without a slash at its end. */
    API("api.address");

    private final String file;

    AnnouncedAddress(String file) {
        this.file = file;
    }

    /** The file with the address. */
    public Path in(Path folder) {
        return folder.resolve(file);
    }

    /**
     * The announced address; empty if no standalone runs on the folder, or it is not ready yet. One that was left by a process that was killed
     * does not count: by now somebody else may listen there, and would be sent a token.
     *
     * @throws CommandFailure if that cannot be read
     */
    public Optional<String> find(Path folder) {
        try {
            String address = Files.readString(in(folder)).strip();
            return FolderLock.isHeld(folder) ? Optional.of(address) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + e.getMessage(), e);
        }
    }

    /**
     * Where it is.
     *
     * @throws CommandFailure if none runs there, too
     */
    public String require(Path folder) {
        return find(folder)
                .orElseThrow(() -> new CommandFailure(
                        "no Sluice runs in " + folder + ": start it with \"sluice start --data " + folder + "\""));
    }
}
