package dev.sluice.standalone.start;

import dev.sluice.standalone.command.AnnouncedAddress;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.DurableFolder;
import dev.sluice.standalone.command.ExclusiveLock;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.command.FolderLock;
import dev.sluice.standalone.store.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that holds a standalone's data, accessible to its owner only. While it is open, no other process can open
 * it; the lock ends with the process, however it exits.
 */
public final class DataFolder implements AutoCloseable {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");

    // A command may hold the lock for a moment to see whether anybody does.
    private static final Duration LOCKED_WITHIN = Duration.ofMillis(150);

    private final Path directory;
    private final FileChannel lock;

    private DataFolder(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Creates the folder if it does not exist, and locks it.
     *
     * @throws FolderInUse if another process has it open
     * @throws CommandFailure if it is not writable
     */
    public static DataFolder open(Path path) {
        Path directory = path.toAbsolutePath().normalize();
        try {
            create(directory);
            FileChannel channel = FileChannel.open(
                    FolderLock.in(directory),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(SECRET));
            lock(channel, directory);
            DataFolder folder = new DataFolder(directory, channel);
            for (Path part : List.of(folder.logs(), folder.kafka())) {
                Files.createDirectories(part, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            // Remove addresses left behind by a killed process.
            folder.takeBackAddresses();
            return folder;
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure("cannot keep data in " + directory + ": " + e.getFile() + " is not a folder", e);
        } catch (IOException e) {
            throw new CommandFailure("cannot write in " + directory + ": " + FailureLine.reason(e), e);
        }
    }

    Path directory() {
        return directory;
    }

    Path kafka() {
        return directory.resolve("kafka");
    }

    Stores stores() {
        return new Stores(
                Objects.requireNonNullElse(System.getenv("PATH"), ""),
                directory.resolve("mongodb"),
                logs().resolve("mongod.log"),
                directory.resolve("store.mv"));
    }

    Path logs() {
        return directory.resolve("logs");
    }

    Path adminToken() {
        return directory.resolve("admin-token");
    }

    public Path log() {
        return logs().resolve("sluice.log");
    }

    public Path auditTrail() {
        return logs().resolve("audit-trail.log");
    }

    public Path log(String command) {
        return logs().resolve(command + ".log");
    }

    void announce(AnnouncedAddress what, String address) throws IOException {
        writeSecret(what.in(directory), address);
    }

    /** Writes a file atomically, so that it is either complete or absent, and never readable to anyone but its owner. */
    void writeSecret(Path file, String line) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(SECRET))) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        DurableFolder.move(part, file);
    }

    @Override
    public void close() throws IOException {
        takeBackAddresses();
        lock.close();
    }

    /**
     * Whether a standalone has ever stored data in {@code directory}.
     *
     * @throws IOException if that cannot be seen
     */
    static boolean isOne(Path directory) throws IOException {
        try {
            Files.readAttributes(FolderLock.in(directory), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private void takeBackAddresses() throws IOException {
        for (AnnouncedAddress what : AnnouncedAddress.values()) {
            Files.deleteIfExists(what.in(directory));
        }
    }

    private static void create(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        // A folder with other contents keeps the permissions that its owner chose.
        if (isOne(directory) || isEmpty(directory)) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static void lock(FileChannel channel, Path directory) throws IOException {
        if (ExclusiveLock.on(channel, LOCKED_WITHIN) == null) {
            String holder = firstLine(channel);
            channel.close();
            throw new FolderInUse("the data in " + directory + " is in use by another Sluice"
                    + (holder.isEmpty() ? "" : ", process " + holder)
                    + ": stop it, or give another folder with --data");
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String firstLine(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }
}
