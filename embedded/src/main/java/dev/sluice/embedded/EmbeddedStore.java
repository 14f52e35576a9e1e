package dev.sluice.embedded;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A server in this JVM that speaks MongoDB's protocol, reachable from this machine only, with its data in one file or
 * in memory. For evaluation and tests: it has no transactions and ignores non-unique indexes. A write is acknowledged
 * before it is in the file; everything acknowledged before {@link #flush} survives a kill of the process, and later
 * writes are lost as a whole.
 */
public final class EmbeddedStore implements AutoCloseable {

    /** The command that triggers {@link #flush}, for clients in other processes. No other server knows it. */
    public static final String FLUSH_COMMAND = "sluiceFlush";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final int ACCEPTING_THREADS = 1;
    private static final int SERVING_THREADS = 4;

    private final MongoServer server;
    private final DocumentStore backend;
    private final int port;

    private EmbeddedStore(MongoServer server, DocumentStore backend) {
        this.server = server;
        this.backend = backend;
        this.port = server.getLocalAddress().getPort();
    }

    /**
     * Starts a store with its data in {@code file}, which is created if it does not exist.
     *
     * @param port a loopback port, or 0 for any free one
     * @throws IOException if another process has the file open, it cannot be read, or the port is in use
     */
    public static EmbeddedStore start(Path file, int port) throws IOException {
        return serve(open(file), port);
    }

    /** Starts an in-memory store on any free port; its data is lost when it is closed. */
    public static EmbeddedStore startInMemory() throws IOException {
        return serve(open(null), 0);
    }

    /** The connection string, without a database. */
    public String uri() {
        return "mongodb://127.0.0.1:" + port;
    }

    /** Writes everything acknowledged so far to the file. If that fails, the process ends: only a restart can use the file again. */
    public void flush() {
        backend.commit();
    }

    /** Closes every connection, writes the remaining data and closes the file. */
    @Override
    public void close() {
        server.shutdownNow();
    }

    // H2 closes the file after a failed write and then ignores commits without an error.
    static void endProcessIfFileIsGivenUp(MVStore data) {
        MVStoreException fault = data.getPanicException();
        if (fault != null) {
            ProcessEnd.because("The embedded store", "it cannot use its file any more: " + fault.getMessage());
        }
    }

    private static EmbeddedStore serve(MVStore data, int port) throws IOException {
        DocumentStore backend = new DocumentStore(data);
        MongoServer server = new MongoServer(backend);
        try {
            server.bind(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ACCEPTING_THREADS, SERVING_THREADS);
            return new EmbeddedStore(server, backend);
        } catch (Exception e) {
            // Netty throws the checked BindException without declaring it; closing the threads and the file is then up
            // to us.
            server.shutdownNow();
            throw new IOException(
                    "the embedded store could not listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
    }

    private static MVStore open(@Nullable Path file) throws IOException {
        if (file != null && !Files.exists(file)) {
            Files.createFile(file, OWNER_ONLY);
        }
        try {
            // Writes to the file only on request: automatic commits would happen in the middle of a command.
            return new MVStore.Builder()
                    .fileName(file == null ? null : file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .open();
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new IOException("the store's file " + file + " is open in another process", e);
            }
            throw new IOException(
                    "the store's file " + file
                            + " could not be opened. If it is damaged, move it away: a new one is filled from the log. The reason: "
                            + e.getMessage(),
                    e);
        }
    }
}
