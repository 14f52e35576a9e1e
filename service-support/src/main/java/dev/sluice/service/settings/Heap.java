package dev.sluice.service.settings;

/**
 * The memory in bytes that a service may plan with; it allots shares of it to whatever clients can make it hold. A
 * service alone in its process plans with the whole heap, two services in one process with half each.
 */
public record Heap(long bytes) {

    public Heap {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes is " + bytes + ": expected above zero");
        }
    }

    public static Heap ofProcess() {
        return new Heap(Runtime.getRuntime().maxMemory());
    }

    public Heap half() {
        return new Heap(bytes / 2);
    }

    /** One of {@code parts} equal parts, in bytes. */
    public long share(int parts) {
        return bytes / parts;
    }
}
