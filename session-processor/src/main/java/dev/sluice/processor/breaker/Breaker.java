package dev.sluice.processor.breaker;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a partition at an offset when it receives a flood of bad records: no processor processes anything from there on until the partition is
 * resumed. Watches the partitions that this process owns. Thread-safe, but only one thread at a time may {@link #observe} a partition.
 */
public final class Breaker {

    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private final BreakerConfig config;
    private final MongoHalts halts;
    private final Clock clock;
    private final Map<Integer, Watched> partitions = new ConcurrentHashMap<>();

    public Breaker(BreakerConfig config, MongoHalts halts, Clock clock) {
        this.config = config;
        this.halts = halts;
        this.clock = clock;
    }

    private static final class Watched {

        // No lock needed: only the worker whose turn holds the partition uses them, and while the partition is stopped
        // they are only replaced.
        private LatestRecords latest;
        private long next;
        private volatile @Nullable Stop stop;

        Watched(BreakerConfig config, @Nullable Halt stored) {
            this.latest = new LatestRecords(config);
            this.stop = stored == null ? null : new Stop(stored, true);
        }

        @Nullable
        Halt halt() {
            Stop now = stop;
            return now == null ? null : now.halt();
        }
    }

    private record Stop(Halt halt, boolean isStored) {}

    /** Stops watching partitions that this process no longer owns. */
    public void forget(Collection<Integer> revoked) {
        partitions.keySet().removeAll(revoked);
    }

    /** Reads from the store which partitions are stopped and which have resumed; throws if the store is unavailable. */
    public void refresh(Collection<Integer> assigned) {
        Map<Integer, Halt> before = stored(assigned);
        Map<Integer, Halt> stored =
                halts.all().stream().collect(Collectors.toMap(Halt::partition, Function.identity()));
        for (Integer partition : assigned) {
            Halt now = stored.get(partition);
            Watched known = partitions.putIfAbsent(partition, new Watched(config, now));
            if (known != null) {
                update(known, now, before.get(partition));
            } else if (now != null) {
                LOG.error("Consumption stays stopped: {}", now.sentence());
            }
        }
    }

    private Map<Integer, Halt> stored(Collection<Integer> assigned) {
        Map<Integer, Halt> stored = new HashMap<>();
        for (Integer partition : assigned) {
            Watched watched = partitions.get(partition);
            Stop stop = watched == null ? null : watched.stop;
            if (stop != null && stop.isStored()) {
                stored.put(partition, stop.halt());
            }
        }
        return stored;
    }

    /** A halt that was persisted after the store was read is not one that was resumed. */
    private void update(Watched watched, @Nullable Halt stored, @Nullable Halt before) {
        if (stored != null) {
            watched.stop = new Stop(stored, true);
        } else if (before != null && before.equals(watched.halt())) {
            watched.latest = new LatestRecords(config);
            watched.stop = null;
            LOG.info("Partition {} goes on at offset {}", before.partition(), before.offset());
        }
    }

    /** Whether the record at an offset must wait. */
    public boolean isStopped(int partition, long offset) {
        return offset >= stopsAt(partition);
    }

    /** The first offset that must not be processed; {@link Long#MAX_VALUE} if the partition is not stopped. */
    public long stopsAt(int partition) {
        Halt halt = halt(partition);
        return halt == null ? Long.MAX_VALUE : halt.offset();
    }

    /**
     * Takes a partition's records in log order. Counts each only once, however often it is observed.
     *
     * @return whether this record stops the partition after itself
     */
    public boolean observe(int partition, long offset, boolean isBad) {
        Watched watched = partitions.get(partition);
        // Partitions that are no longer owned, or not yet refreshed, are not watched.
        if (watched == null || offset < watched.next || watched.stop != null) {
            return false;
        }
        watched.next = offset + 1;
        Optional<String> flood = watched.latest.add(isBad);
        flood.ifPresent(
                reason -> watched.stop = new Stop(new Halt(partition, offset + 1, reason, clock.instant()), false));
        return flood.isPresent();
    }

    /** Stores the halts of the stopped ones among {@code processed}, and returns once they are durable. */
    public void persist(Collection<Integer> processed) {
        for (Integer partition : processed) {
            Watched watched = partitions.get(partition);
            Stop stop = watched == null ? null : watched.stop;
            if (watched != null && stop != null && !stop.isStored()) {
                halts.put(stop.halt());
                // Unless somebody has resumed it meanwhile.
                if (stop.equals(watched.stop)) {
                    watched.stop = new Stop(stop.halt(), true);
                }
                LOG.error("Consumption stops: {}", stop.halt().sentence());
            }
        }
    }

    /** The halts of this process's partitions, by partition. */
    public List<Halt> halts() {
        List<Halt> stopped = new ArrayList<>();
        for (Watched watched : partitions.values()) {
            Halt halt = watched.halt();
            if (halt != null) {
                stopped.add(halt);
            }
        }
        stopped.sort(Comparator.comparing(Halt::partition));
        return stopped;
    }

    private @Nullable Halt halt(int partition) {
        Watched watched = partitions.get(partition);
        return watched == null ? null : watched.halt();
    }
}
