package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** What is done over and over, each time with another of the prepared requests. For one thread. */
interface Exchange extends AutoCloseable {

    /**
     * Does it once.
     *
     * @return whether the server answered as it should
     */
    boolean once(int number, Timings timings, long due) throws IOException;

    @Override
    void close() throws IOException;

    /** A request that is to be answered with a status. */
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

    /** A POST, and a GET of what it was answered with, which is answered when it can be read. */
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
