package dev.sluice.standalone.start;

import dev.sluice.embedded.EmbeddedBroker;
import dev.sluice.standalone.command.AnnouncedAddress;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.command.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The Kafka and the store of a data folder, for a command. If a standalone is running in the folder, they are the
 * standalone's; otherwise the folder is locked, and the broker and the store are started when they are asked for, until this is closed. In that
 * case no services run, so nothing changes on its own.
 */
public final class FolderBacking implements AutoCloseable {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final Path directory;
    private final ClosingOrder running = new ClosingOrder();
    private @Nullable DataFolder folder;
    private @Nullable FolderInUse inUse;

    private FolderBacking(Path directory) {
        this.directory = directory;
    }

    /**
     * Locks the folder, unless a standalone has.
     *
     * @param command the calling command, which gets its own log in the folder if it may have to start something
     * @throws CommandFailure if it is no data folder or cannot be used, with a message for the user
     */
    public static FolderBacking open(Path data, String command) {
        requireDataFolder(data);
        FolderBacking open = new FolderBacking(data.toAbsolutePath().normalize());
        try {
            DataFolder folder = DataFolder.open(data);
            LogFile.use(folder.log(command));
            // A signal may end the process in the middle of the command.
            Runtime.getRuntime().addShutdownHook(new Thread(open::close, "close-data-folder"));
            open.folder = open.started("data folder", () -> folder);
        } catch (FolderInUse e) {
            open.inUse = e;
        }
        return open;
    }

    private static void requireDataFolder(Path data) {
        try {
            if (!DataFolder.isOne(data)) {
                throw new CommandFailure(data + " is not a Sluice data folder");
            }
        } catch (IOException e) {
            throw new CommandFailure("cannot look into the folder " + data + ": " + FailureLine.reason(e), e);
        }
    }

    /** Kafka's address. Starts the broker, unless a standalone runs. */
    public String openKafka() {
        if (folder == null) {
            return announced(AnnouncedAddress.KAFKA);
        }
        Path log = folder.kafka();
        if (!EmbeddedBroker.isIn(log)) {
            close();
            throw new CommandFailure(
                    "the folder holds no log, so its Sluice had a Kafka elsewhere: say where with --data " + directory
                            + " --kafka HOST:PORT");
        }
        return started("Kafka broker", () -> EmbeddedBroker.start(log, 0)).bootstrapServers();
    }

    /** The store's connection string, with a database and its password. Starts the store, unless a standalone runs. */
    public String openStore() {
        return folder == null
                ? announced(AnnouncedAddress.STORE)
                : started("store", folder.stores()::startPresent).uri();
    }

    /** Whether a standalone uses them; otherwise the command has them to itself. */
    public boolean isRunning() {
        return folder == null;
    }

    @Override
    public void close() {
        running.close();
    }

    private String announced(AnnouncedAddress what) {
        return what.find(directory)
                .orElseThrow(() -> new CommandFailure(
                        Objects.requireNonNull(inUse).getMessage() + ", or wait until it is ready", inUse));
    }

    private <T extends AutoCloseable> T started(String what, Callable<T> start) {
        try {
            return running.start(what, STOPS_WITHIN, start);
        } catch (CommandFailure e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            throw new CommandFailure(
                    "cannot open the data: " + FailureLine.reason(e) + " (more is in " + directory.resolve("logs")
                            + ")",
                    e);
        }
    }
}
