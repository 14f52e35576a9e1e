package dev.sluice.benchmarks.flood;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Posts one session after the other at a steady rate, whether the ones before were answered or not, and reads each. */
record QuietOne(Caller caller, URI sessions, int perSecond) {

    Latencies post(Duration during) {
        Latencies latencies = new Latencies();
        long pause = Duration.ofSeconds(1).toNanos() / perSecond;
        long count = during.toNanos() / pause;
        long begin = System.nanoTime();
        try (ExecutorService posting = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long due = begin + i * pause;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                posting.execute(() -> postOne(due, latencies));
            }
        }
        return latencies;
    }

    private void postOne(long due, Latencies latencies) {
        try {
            HttpResponse<String> posted = caller.post(sessions);
            latencies.accepted(System.nanoTime() - due);
            String session = posted.headers().firstValue("Location").orElse("");
            if (posted.statusCode() != 201 || caller.get(URI.create(session)).statusCode() != 200) {
                latencies.failed();
                return;
            }
            latencies.readable(System.nanoTime() - due);
        } catch (IOException _) {
            latencies.failed();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
