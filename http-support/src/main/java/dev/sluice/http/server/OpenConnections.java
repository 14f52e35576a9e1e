package dev.sluice.http.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open. Once less than a sixteenth of the room for them is free, answers close their
 * connections, and idle ones are closed, longest idle first, until an eighth is free: otherwise clients that keep
 * connections open, or open them and send nothing, would keep everybody else out until the idle timeout. Thread-safe.
 */
final class OpenConnections {

    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);
    // On a busy machine a request may come this late after its connection. Helidon tells the time to the second.
    private static final Duration IDLE_AT_LEAST = Duration.ofSeconds(5);
    private static final long SAID_EVERY = Duration.ofMinutes(1).toNanos();

    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    // Removed once its thread has ended, because nothing tells of a handshake that fails.
    private final Map<Thread, Handshake> handshakes = new ConcurrentHashMap<>();
    private final int room;
    private final Counter displaced;
    private volatile boolean crowded;
    private long said = System.nanoTime() - SAID_EVERY;

    OpenConnections(int room, MeterRegistry registry) {
        this.room = room;
        this.displaced = Counter.builder("sluice.http.connections.displaced")
                .description("Idle connections that were closed to make room for others")
                .register(registry);
        Gauge.builder("sluice.http.connections.open", this, OpenConnections::count)
                .description("Open connections")
                .register(registry);
        Gauge.builder("sluice.http.connections.room", () -> room)
                .description("How many connections may be open")
                .register(registry);
    }

    /** The same selector, of which each connection is known while it is open. */
    ServerConnectionSelector known(ServerConnectionSelector http) {
        return new KnownConnections(http);
    }

    /** Called on a connection's thread before its TLS handshake. */
    void handshake() {
        handshakes.put(Thread.currentThread(), new Handshake());
    }

    boolean isCrowded() {
        return crowded;
    }

    /** Closes idle connections if there is too little room. Called regularly, on one thread. */
    void makeRoom() {
        handshakes.keySet().removeIf(thread -> !thread.isAlive());
        int count = count();
        crowded = count > room - Math.max(1, room / 16);
        if (!crowded) {
            return;
        }
        int tooMany = count - (room - Math.max(1, room / 8));
        List<Idle> idle = Stream.concat(open.stream(), handshakes.values().stream())
                .filter(Occupant::isIdle)
                .map(occupant -> new Idle(occupant, occupant.idleTime()))
                .filter(found -> found.time().compareTo(IDLE_AT_LEAST) >= 0)
                .sorted(Comparator.comparing(Idle::time).reversed())
                .limit(tooMany)
                .toList();
        for (Idle found : idle) {
            displaced.increment();
            found.occupant().leave();
        }
        if (System.nanoTime() - said >= SAID_EVERY) {
            said = System.nanoTime();
            LOG.warn(
                    "{} connections are open, of {} (SLUICE_MAX_CONNECTIONS): answers close theirs, and those idle for long are closed",
                    count,
                    room);
        }
    }

    private int count() {
        return open.size() + handshakes.size();
    }

    private interface Occupant {

        boolean isIdle();

        Duration idleTime();

        void leave();
    }

    private record Idle(Occupant occupant, Duration time) {}

    private final class Handshake implements Occupant {

        private final Thread thread = Thread.currentThread();
        private final long since = System.nanoTime();

        @Override
        public boolean isIdle() {
            return true;
        }

        @Override
        public Duration idleTime() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        /** An interrupt closes the socket that a virtual thread reads from. Once the handshake is done, it would hit a request. */
        @Override
        public void leave() {
            if (handshakes.remove(thread, this)) {
                thread.interrupt();
            }
        }
    }

    private final class KnownConnections implements ServerConnectionSelector {

        private final ServerConnectionSelector http;

        private KnownConnections(ServerConnectionSelector http) {
            this.http = http;
        }

        @Override
        public int bytesToIdentifyConnection() {
            return http.bytesToIdentifyConnection();
        }

        @Override
        public Support supports(BufferData data) {
            return http.supports(data);
        }

        @Override
        public Set<String> supportedApplicationProtocols() {
            return http.supportedApplicationProtocols();
        }

        @Override
        public ServerConnection connection(ConnectionContext context) {
            return new Connection(http.connection(context));
        }
    }

    /** Compared by identity. */
    private final class Connection implements Occupant, ServerConnection, InterruptableTask<Void> {

        private final ServerConnection http;

        private Connection(ServerConnection http) {
            this.http = http;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            handshakes.remove(Thread.currentThread());
            open.add(this);
            try {
                http.handle(limit);
            } finally {
                open.remove(this);
            }
        }

        @Override
        public void run() {
            throw new UnsupportedOperationException("run by its handler");
        }

        @Override
        public boolean canInterrupt() {
            return http instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        @Override
        public boolean isIdle() {
            return canInterrupt();
        }

        @Override
        public void leave() {
            close(false);
        }

        @Override
        public Duration idleTime() {
            return http.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http.close(interrupt);
        }
    }
}
