package dev.sluice.service.process;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Closes several things that do not need one another, in the time that the slowest takes. */
public final class Closing {

    private Closing() {}

    /** Closes all at the same time, and returns once all are closed. One that fails does not keep the others from closing. */
    public static void together(Runnable... closes) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Stream.of(closes).forEach(threads::execute);
        }
    }
}
