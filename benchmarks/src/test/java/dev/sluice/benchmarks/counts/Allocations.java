package dev.sluice.benchmarks.counts;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the JVM says that was allocated. The compiler only ever makes it less, so a bound that holds without it holds. */
final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /** Bytes that this thread allocates each time it does something. */
    static long ofThisThread(int times, Runnable something) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            something.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / times;
    }

    /** Bytes that all threads have allocated since the JVM's start. */
    static long ofAllThreads() {
        return THREADS.getTotalThreadAllocatedBytes();
    }
}
