package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.workload.SessionSize;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends POSTs one after another over one connection. */
public final class Posts implements AutoCloseable {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private final Connection connection;
    private final List<byte[]> requests;
    private int next;

    private Posts(Connection connection, List<byte[]> requests) {
        this.connection = connection;
        this.requests = requests;
    }

    public static Posts to(String server, String token, SessionSize size) throws IOException {
        Connection connection = new Connection(server);
        connection.answersWithin(ANSWERS_WITHIN);
        return new Posts(connection, Requests.posts(token, size, 0));
    }

    /** Posts {@code count} sessions and returns the total size of the responses in bytes. */
    public long post(int count) throws IOException {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            int status = connection.exchange(requests.get(next++ % requests.size()));
            if (status != 201) {
                throw new IOException("a session was answered " + status + ": " + connection.body());
            }
            bytes += connection.length();
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
