package dev.sluice.standalone.tail;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Tells whether the process's standard output still has a reader. A failed write would show that it has none, but there
 * may be nothing to write for hours while the shell waits; so this asks the operating system with POSIX's {@code poll}.
 */
final class StandardOutput {

    private static final int DESCRIPTOR = 1;
    private static final int NOBODY_READS = 0x08 | 0x10; // POLLERR, POLLHUP

    // struct pollfd: an int and two shorts.
    private static final long BYTES = 8;
    private static final long RETURNED_EVENTS_AT = 6;

    private static final Optional<MethodHandle> POLL = poll();

    private StandardOutput() {}

    /** Returns false only if it is certain that there is no reader. */
    static boolean hasReader() {
        return POLL.map(StandardOutput::hasReader).orElse(true);
    }

    // The launcher and the jar's manifest enable native access.
    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> poll() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("poll")
                .map(poll -> linker.downcallHandle(
                        poll,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT)));
    }

    private static boolean hasReader(MethodHandle poll) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment descriptor = arena.allocate(BYTES, Integer.BYTES);
            descriptor.set(ValueLayout.JAVA_INT, 0, DESCRIPTOR);
            int ready = (int) poll.invokeExact(descriptor, 1L, 0);
            return ready <= 0 || (descriptor.get(ValueLayout.JAVA_SHORT, RETURNED_EVENTS_AT) & NOBODY_READS) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("poll cannot be called", e);
        }
    }
}
