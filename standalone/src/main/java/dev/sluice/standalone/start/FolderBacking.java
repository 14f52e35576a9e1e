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
import org.jspecify.annotations.Nullable;

/**
 * The Kafka and the store of a data folder, for a command. If a standalone is running in the folder, they are the
 * standalone's; otherwise the broker and the store are started, with the folder locked, until this is closed. In that
 * case no services run, so nothing changes on its own.
 */
public final class FolderBacking implements AutoCloseable {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);

    private final ClosingOrder running;
    private final boolean isLocked;
    private @Nullable String kafka;
    private @Nullable String mongodb;

    private FolderBacking(ClosingOrder running, boolean isLocked) {
        this.running = running;
        this.isLocked = isLocked;
    }

    /**
     * What a command needs of the folder.
     *
     * @param kafka whether it needs Kafka
     * @param store whether it needs the store
     */
    public record Needs(boolean kafka, boolean store) {}

    /**
     * Finds or starts what is needed.
     *
     * @param command the calling command, which gets its own log in the folder if it has to start something
     * @throws CommandFailure if the folder lacks what is needed, with a message for the user
     */
    public static FolderBacking open(Path data, Needs needs, String command) {
        Path directory = data.toAbsolutePath().normalize();
        requireDataFolder(data);
        DataFolder folder;
        try {
            folder = DataFolder.open(directory);
        } catch (FolderInUse e) {
            return ofRunning(directory, needs, e);
        }
        return start(folder, needs, command);
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

    public String kafka() {
        return Objects.requireNonNull(kafka, "Kafka was not asked for");
    }

    /** The store's connection string, with a database and its password. */
    public String mongodb() {
        return Objects.requireNonNull(mongodb, "the store was not asked for");
    }

    /** Whether a standalone uses them; otherwise the command has them to itself. */
    public boolean isRunning() {
        return !isLocked;
    }

    @Override
    public void close() {
        running.close();
    }

    private static FolderBacking ofRunning(Path directory, Needs needs, FolderInUse inUse) {
        FolderBacking open = new FolderBacking(new ClosingOrder(), false);
        if (needs.kafka()) {
            open.kafka = announced(AnnouncedAddress.KAFKA, directory, inUse);
        }
        if (needs.store()) {
            open.mongodb = announced(AnnouncedAddress.STORE, directory, inUse);
        }
        return open;
    }

    private static String announced(AnnouncedAddress what, Path directory, FolderInUse inUse) {
        return what.find(directory)
                .orElseThrow(() -> new CommandFailure(inUse.getMessage() + ", or wait until it is ready", inUse));
    }

    private static FolderBacking start(DataFolder folder, Needs needs, String command) {
        LogFile.use(folder.log(command));
        FolderBacking open = new FolderBacking(new ClosingOrder(), true);
        // A signal may end the process in the middle of the command.
        Runtime.getRuntime().addShutdownHook(new Thread(open::close, "close-data-folder"));
        try {
            open.running.start("data folder", STOPS_WITHIN, () -> folder);
            if (needs.kafka()) {
                open.startKafka(folder);
            }
            if (needs.store()) {
                open.startStore(folder);
            }
            return open;
        } catch (CommandFailure e) {
            open.close();
            throw e;
        } catch (Exception e) {
            open.close();
            throw new CommandFailure(
                    "cannot open the data: " + e.getMessage() + " (more is in " + folder.log(command) + ")", e);
        }
    }

    private void startKafka(DataFolder folder) throws Exception {
        if (!EmbeddedBroker.isIn(folder.kafka())) {
            throw new CommandFailure(
                    "the folder holds no log, so its Sluice had a Kafka elsewhere: say where with --data "
                            + folder.directory() + " --kafka HOST:PORT");
        }
        kafka = running.start("Kafka broker", STOPS_WITHIN, () -> EmbeddedBroker.start(folder.kafka(), 0))
                .bootstrapServers();
    }

    private void startStore(DataFolder folder) throws Exception {
        mongodb = running.start("store", STOPS_WITHIN, folder.stores()::startPresent)
                .uri();
    }
}
