package dev.sluice.standalone.store;

import java.io.IOException;

/** The database that a standalone keeps its projection in while it runs. */
public interface Store extends AutoCloseable {

    /** The connection string, including a database. */
    String uri();

    /** Returns once everything acknowledged so far would survive a kill of this process, as journaled writes of a MongoDB do at once. */
    default void flush() {}

    String description();

    @Override
    void close() throws IOException;
}
