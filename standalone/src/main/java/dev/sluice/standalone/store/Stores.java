package dev.sluice.standalone.store;

import dev.sluice.standalone.command.CommandFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Chooses and starts a store of a standalone's own: a {@code mongod} on the search path, else the embedded one.
 * Switching between them loses nothing, because a new store is filled from the log.
 *
 * @param searchPath folders that may hold a {@code mongod}, in the format of PATH
 * @param mongodData the data folder of the {@code mongod}
 * @param mongodLog the log file of the {@code mongod}
 * @param file the embedded store's data file
 */
public record Stores(String searchPath, Path mongodData, Path mongodLog, Path file) {

    /**
     * Starts the store and returns when it responds.
     *
     * @throws IOException if the store cannot be started
     */
    public Store start() throws IOException {
        Optional<Path> mongod = mongod();
        return mongod.isPresent() ? MongodProcess.start(mongod.get(), mongodData, mongodLog) : TrialStore.start(file);
    }

    /**
     * Starts a store that already holds data, and returns when it responds. If there are two, starts the one that
     * {@link #start} would choose.
     *
     * @throws CommandFailure if there is none
     * @throws IOException if the store cannot be started
     */
    public Store startPresent() throws IOException {
        Optional<Path> mongod = mongod();
        if (mongod.isEmpty() || !Files.isDirectory(mongodData)) {
            if (Files.exists(file)) {
                return TrialStore.start(file);
            }
            throw new CommandFailure(
                    Files.isDirectory(mongodData)
                            ? "the store in " + mongodData + " is a mongod's, and there is no mongod on the PATH"
                            : "the folder holds no store, so its Sluice had one elsewhere: say where with --data "
                                    + file.getParent() + " --mongodb URI");
        }
        return start();
    }

    private Optional<Path> mongod() {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "mongod"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
