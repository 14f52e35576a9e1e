package dev.sluice.http.settings;

/**
 * The memory that a service may reckon with, of which it gives out shares to whatever clients can make it hold. A service that has a process to
 * itself reckons with all of its heap, two in one process with a half each.
 *
 * @param bytes how much
 */
public record Heap(long bytes) {

    public Heap {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes is " + bytes + ": expected above zero");
        }
    }

    /** All that this process may have. */
    public static Heap ofProcess() {
        return new Heap(Runtime.getRuntime().maxMemory());
    }

    /** What each of two may reckon with. */
    public Heap half() {
        return new Heap(bytes / 2);
    }

    /** One of so many equal parts, in bytes. */
    public long share(int parts) {
        return bytes / parts;
    }
}
