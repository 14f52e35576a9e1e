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
 * resumed. Watches the partitions that this process owns. Thread-safe.
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

    private final class Watched {

        private LatestRecords latest = new LatestRecords(config);
        private long next;
        private volatile @Nullable Stop stop;

        Watched(@Nullable Halt stored) {
            this.stop = stored == null ? null : new Stop(stored, true);
        }

        synchronized boolean observe(int partition, long offset, boolean isBad) {
            if (offset < next || stop != null) {
                return false;
            }
            next = offset + 1;
            Optional<String> flood = latest.add(isBad);
            flood.ifPresent(reason -> stop = new Stop(new Halt(partition, offset + 1, reason, clock.instant()), false));
            return flood.isPresent();
        }

        /** A halt that was persisted after the store was read is not one that was resumed. */
        synchronized void update(@Nullable Halt stored, @Nullable Halt before) {
            if (stored != null) {
                stop = new Stop(stored, true);
            } else if (before != null && before.equals(halt())) {
                latest = new LatestRecords(config);
                stop = null;
                LOG.info("Partition {} goes on at offset {}", before.partition(), before.offset());
            }
        }

        /** Does nothing if somebody has resumed it meanwhile. */
        synchronized void persisted(Stop persisted) {
            if (persisted.equals(stop)) {
                stop = new Stop(persisted.halt(), true);
            }
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
            Watched known = partitions.putIfAbsent(partition, new Watched(now));
            if (known != null) {
                known.update(now, before.get(partition));
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
        return watched != null && watched.observe(partition, offset, isBad);
    }

    /** Stores the halts of the stopped ones among {@code processed}, and returns once they are durable. */
    public void persist(Collection<Integer> processed) {
        for (Integer partition : processed) {
            Watched watched = partitions.get(partition);
            Stop stop = watched == null ? null : watched.stop;
            if (watched != null && stop != null && !stop.isStored()) {
                halts.put(stop.halt());
                watched.persisted(stop);
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
