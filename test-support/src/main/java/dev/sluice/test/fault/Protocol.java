package dev.sluice.test.fault;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Splits a stream of bytes into messages. Thread-safe. */
interface Protocol {

    /** Reads the next whole message; null at the end of the stream. */
    byte @Nullable [] read(InputStream stream) throws IOException;

    /** Parses a client's message; null if it cannot be identified. */
    @Nullable
    Message request(byte[] bytes);

    /** The id of the request that a server's message responds to. */
    int answered(byte[] bytes);

    /** The response to pass to the client. */
    byte[] forClient(Message request, byte[] answer);
}
