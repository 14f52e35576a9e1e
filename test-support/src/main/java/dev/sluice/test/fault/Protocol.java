package dev.sluice.test.fault;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** How messages are told apart in a stream of bytes. For many threads. */
interface Protocol {

    /** The next whole message; null at the stream's end. */
    byte @Nullable [] read(InputStream stream) throws IOException;

    /** What a message of the client asks; null if nobody can say. */
    @Nullable
    Message request(byte[] bytes);

    /** The id of the request that a message of the server answers. */
    int answered(byte[] bytes);

    /** An answer as the client is to get it. */
    byte[] forClient(Message request, byte[] answer) throws IOException;
}
