package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** An operation that is repeated, each time with another of the prepared requests. Not thread-safe. */
interface Exchange extends AutoCloseable {

    /**
     * Runs the operation once.
     *
     * @return whether the server responded as expected
     */
    boolean once(int number, Timings timings, long due) throws IOException;

    @Override
    void close() throws IOException;

    record Plain(Connection connection, List<byte[]> requests, int expected) implements Exchange {

        @Override
        public boolean once(int number, Timings timings, long due) throws IOException {
            int status = connection.exchange(requests.get(number % requests.size()));
            timings.answered(due);
            return status == expected;
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    /** A POST, followed by a GET of the created session that returns when it can be read. */
    record ReadBack(Connection posts, Connection gets, List<byte[]> requests, String token) implements Exchange {

        @Override
        public boolean once(int number, Timings timings, long due) throws IOException {
            int status = posts.exchange(requests.get(number % requests.size()));
            timings.answered(due);
            if (status != 201) {
                return false;
            }
            String path = URI.create(posts.header("Location")).getPath();
            boolean readable = gets.exchange(Requests.get(token, path)) == 200;
            timings.readable(due);
            return readable;
        }

        @Override
        public void close() throws IOException {
            posts.close();
            gets.close();
        }
    }
}
