package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.process.Patience;
import dev.sluice.benchmarks.process.Said;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests at a fixed rate, however fast the server responds. Each request is timed from when it was due, so the
 * delays that a slow server causes are included. One thread sends and another receives, as in Kafka's producer: with a
 * thread and a timer per request the load used more CPU than the server.
 */
final class OpenLoop {

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration WRITTEN_AGAIN_AFTER = Duration.ofNanos(50_000);

    private final double rate;
    private final long begin = System.nanoTime();
    private final long from;
    private final long to;
    // Written only by the receiving thread, until that has ended.
    private final Timings timings;

    OpenLoop(double rate, Duration warmUp, Duration measured) {
        this.rate = rate;
        this.from = begin + warmUp.toNanos();
        this.to = from + measured.toNanos();
        this.timings = new Timings(from, to);
    }

    /** A connection, and when its current request was due. */
    private static final class Line {

        private final SocketChannel channel;
        // Used only by the receiving thread.
        private final Reply reply = new Reply();
        private volatile long due;

        private Line(SocketChannel channel) {
            this.channel = channel;
        }

        void send(byte[] request, long due) throws IOException {
            this.due = due;
            ByteBuffer left = ByteBuffer.wrap(request);
            while (left.hasRemaining()) {
                if (channel.write(left) == 0) {
                    Patience.pass(WRITTEN_AGAIN_AFTER);
                }
            }
        }
    }

    /** Runs the load, and reports the start and end of the measurement and its results. */
    void run(String server, int connections, List<byte[]> requests, int expected)
            throws IOException, InterruptedException, ExecutionException {
        BlockingQueue<Line> free = new ArrayBlockingQueue<>(connections);
        try (Selector selector = Selector.open();
                ExecutorService answers = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < connections; i++) {
                free.add(connect(server, selector));
            }
            long count = (long) Math.ceil((to - begin) / 1e9 * rate);
            Future<?> taking = answers.submit(() -> take(selector, free, count, expected));
            send(free, requests, count);
            Said.say("measured", Map.of());
            taking.get();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        Said.say("done", timings.numbers());
    }

    private static Line connect(String server, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(Requests.server(server));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Line line = new Line(channel);
        channel.register(selector, SelectionKey.OP_READ, line);
        return line;
    }

    private void send(BlockingQueue<Line> free, List<byte[]> requests, long count)
            throws IOException, InterruptedException {
        boolean measuring = false;
        for (long number = 0; number < count; number++) {
            long due = begin + (long) (number * (1e9 / rate));
            Patience.pass(Duration.ofNanos(due - System.nanoTime()));
            if (!measuring && due - from >= 0) {
                measuring = true;
                Said.say("measuring", Map.of());
            }
            Line line = free.poll(ANSWERED_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException("nothing was answered within " + ANSWERED_WITHIN.toSeconds() + " s");
            }
            line.send(requests.get((int) (number % requests.size())), due);
        }
    }

    private Void take(Selector selector, BlockingQueue<Line> free, long count, int expected) throws IOException {
        for (long answered = 0; answered < count; ) {
            if (selector.select(ANSWERED_WITHIN.toMillis()) == 0) {
                throw new IOException("nothing was answered within " + ANSWERED_WITHIN.toSeconds() + " s");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Line line = (Line) key.attachment();
                if (line.reply.readFrom(line.channel)) {
                    timings.answered(line.due);
                    timings.completed(line.reply.status() == expected);
                    answered++;
                    line.reply.clear();
                    free.add(line);
                }
            }
            selector.selectedKeys().clear();
        }
        return null;
    }
}
