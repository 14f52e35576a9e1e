package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.process.Patience;
import dev.sluice.benchmarks.process.Said;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs exchanges in parallel, either in a closed loop, where each connection sends the next as soon as it has the
 * previous response, or at a fixed rate. Unlike {@link OpenLoop}, it supports exchanges of more than one request.
 */
final class Loop {

    private final double rate;
    private final long begin = System.nanoTime();
    private final long from;
    private final long to;
    private final AtomicInteger next = new AtomicInteger();

    /** @param rate exchanges per second, or 0 for a closed loop */
    Loop(double rate, Duration warmUp, Duration measured) {
        this.rate = rate;
        this.from = begin + warmUp.toNanos();
        this.to = from + measured.toNanos();
    }

    /** Runs the exchanges, and reports the start and end of the measurement and its results. */
    void run(List<Exchange> exchanges) throws InterruptedException, ExecutionException {
        Timings all = new Timings(from, to);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Timings>> running = new ArrayList<>();
            for (Exchange exchange : exchanges) {
                running.add(threads.submit(() -> repeat(exchange)));
            }
            Patience.pass(Duration.ofNanos(from - System.nanoTime()));
            Said.say("measuring", Map.of());
            Patience.pass(Duration.ofNanos(to - System.nanoTime()));
            Said.say("measured", Map.of());
            for (Future<Timings> one : running) {
                all.add(one.get());
            }
        }
        Said.say("done", all.numbers());
    }

    private Timings repeat(Exchange exchange) throws IOException {
        Timings timings = new Timings(from, to);
        try (exchange) {
            while (true) {
                int number = next.getAndIncrement();
                long due = rate == 0 ? System.nanoTime() : begin + (long) (number * (1e9 / rate));
                if (due - to >= 0) {
                    return timings;
                }
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                timings.completed(exchange.once(number & Integer.MAX_VALUE, timings, due));
            }
        }
    }
}
