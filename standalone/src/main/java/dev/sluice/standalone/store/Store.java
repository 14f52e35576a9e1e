package dev.sluice.standalone.store;

import java.io.IOException;

/** Where a standalone keeps its projection, for as long as it runs. */
public interface Store extends AutoCloseable {

    /** The database's name, where an address was not given with one. */
    String DATABASE = "sluice";

    /** Its connection string with a database. */
    String uri();

    /** Returns once everything acknowledged so far survives that this process is killed. */
    void flush();

    /** What it is, for people. */
    String description();

    @Override
    void close() throws IOException;
}
