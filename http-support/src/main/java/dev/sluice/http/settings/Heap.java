package dev.sluice.http.settings;

/**
 * The memory that a service may plan with; it allots shares of it to whatever clients can make it hold. A service
 * alone in its process plans with the whole heap, two services in one process with half each.
 *
 * @param bytes the amount in bytes
 */
public record Heap(long bytes) {

    public Heap {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes is " + bytes + ": expected above zero");
        }
    }

    /** All the heap that this process may use. */
    public static Heap ofProcess() {
        return new Heap(Runtime.getRuntime().maxMemory());
    }

    /** The share of each of two services. */
    public Heap half() {
        return new Heap(bytes / 2);
    }

    /** One of {@code parts} equal parts, in bytes. */
    public long share(int parts) {
        return bytes / parts;
    }
}
