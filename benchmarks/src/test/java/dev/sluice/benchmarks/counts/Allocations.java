package dev.sluice.benchmarks.counts;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Reads allocation counts from the JVM. The compiler only ever reduces them, so a bound that holds without it holds with it. */
final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** The bytes that this thread allocates per run of {@code something}. */
    static long ofThisThread(int times, Runnable something) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            something.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    }

    /** The bytes that all threads have allocated since the JVM started. */
    static long ofAllThreads() {
        return THREADS.getTotalThreadAllocatedBytes();
    }
}
