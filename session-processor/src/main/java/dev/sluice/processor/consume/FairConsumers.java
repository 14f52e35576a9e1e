package dev.sluice.processor.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Makes consumers whose partitions take turns. Kafka's own gives out all that it has fetched of a partition before it asks the broker for
 * the others, which is as long as what it has fetched takes. These give out about as much as is wanted at a time, and then what the other
 * partitions have. What has to be paused for that is paused within a poll only: whoever polls sees nothing of it.
 */
public final class FairConsumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {

    // A fetch for the other partitions waits so long at the broker when there is nothing, and as long nothing else is
    // fetched from there: for a partition that has much it begins while there is still some of it.
    private static final int FETCH_WAIT_MILLIS = 50;
    // A store that is quick is through with all that was fetched in less, and then everything is asked for anyway.
    private static final Duration TURN = Duration.ofMillis(30);
    // An answer that is there is read at once, and an empty one followed by the next fetch.
    private static final Duration LOOK = Duration.ofMillis(2);

    // Polls bring what was fetched meanwhile too; so long records would come to as many bytes as they like.
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final int unit;
    private final IntSupplier wanted;

    /**
     * @param settings for consumers that do not commit by themselves
     * @param unit what is wanted is a multiple of this
     * @param wanted how many records the polling thread wants at a time
     */
    public FairConsumers(Map<String, Object> settings, int unit, IntSupplier wanted) {
        super(inUnits(settings, unit));
        this.unit = unit;
        this.wanted = wanted;
    }

    private static Map<String, Object> inUnits(Map<String, Object> settings, int unit) {
        Map<String, Object> fair = new HashMap<>(settings);
        fair.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, unit);
        fair.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return fair;
    }

    @Override
    protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
        return new FairConsumer(settings);
    }

    private final class FairConsumer extends ExtendedKafkaConsumer {

        private final Gathered gathered = new Gathered();
        // Of these more is at hand than was given out, in the order of their turns.
        private final Set<TopicPartition> loaded = new LinkedHashSet<>();
        // By us, and within a poll only.
        private final Set<TopicPartition> held = new HashSet<>();
        private boolean isOthersTurn;
        private long othersAsked = System.nanoTime();
        private @Nullable RuntimeException failure;

        FairConsumer(Map<String, Object> settings) {
            super(settings);
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            throwFailure();
            ConsumerRecords<byte[], byte[]> records = pollOthers();
            if (records.isEmpty()) {
                isOthersTurn = true;
                records = pollLoaded();
            }
            if (records.isEmpty()) {
                records = pollWithout(Set.of(), timeout);
                othersAsked = System.nanoTime();
            }
            return records;
        }

        private ConsumerRecords<byte[], byte[]> pollOthers() {
            if (!isOthersTurn || loaded.isEmpty() || System.nanoTime() - othersAsked < TURN.toNanos()) {
                return ConsumerRecords.empty();
            }
            isOthersTurn = false;
            ConsumerRecords<byte[], byte[]> records = pollWithout(Set.copyOf(loaded), LOOK);
            othersAsked = System.nanoTime();
            return records;
        }

        private ConsumerRecords<byte[], byte[]> pollLoaded() {
            ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
            while (records.isEmpty() && !loaded.isEmpty()) {
                loaded.remove(loaded.iterator().next());
                records = pollWithout(Set.copyOf(loaded), Duration.ZERO);
            }
            return records;
        }

        private ConsumerRecords<byte[], byte[]> pollWithout(Set<TopicPartition> partitions, Duration timeout) {
            hold(partitions);
            try {
                int latest = gathered.add(super.poll(timeout));
                int most = wanted.getAsInt();
                for (int count = latest; latest == unit && hasRoom(count, most); count += latest) {
                    latest = gatherMore();
                }
                if (latest == unit) {
                    gathered.partitions().stream().filter(this::hasMore).forEach(loaded::add);
                }
                return gathered.take();
            } finally {
                gathered.clear();
                letGo();
            }
        }

        private boolean hasRoom(int count, int most) {
            return count + unit <= most && gathered.bytes() < MOST_BYTES;
        }

        /** What was gathered before is given out whatever comes: it would not come again. */
        private int gatherMore() {
            try {
                return gathered.add(super.poll(Duration.ZERO));
            } catch (RuntimeException e) {
                failure = e;
                return 0;
            }
        }

        private void throwFailure() {
            RuntimeException latest = failure;
            if (latest != null) {
                failure = null;
                throw latest;
            }
        }

        private boolean hasMore(TopicPartition partition) {
            return assignment().contains(partition) && currentLag(partition).orElse(1) > 0;
        }

        private void hold(Set<TopicPartition> partitions) {
            held.addAll(partitions);
            held.retainAll(assignment());
            held.removeAll(super.paused());
            super.pause(held);
        }

        private void letGo() {
            held.retainAll(assignment());
            resume(held);
            held.clear();
        }

        /** When a poll calls a rebalance listener, that one sees what it has paused itself. */
        @Override
        public Set<TopicPartition> paused() {
            Set<TopicPartition> paused = new HashSet<>(super.paused());
            paused.removeAll(held);
            return paused;
        }

        /** And what it pauses stays so. */
        @Override
        public void pause(Collection<TopicPartition> partitions) {
            held.removeAll(partitions);
            super.pause(partitions);
        }

        @Override
        public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
            super.subscribe(topics, new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    forget(partitions);
                    listener.onPartitionsRevoked(partitions);
                }

                @Override
                public void onPartitionsLost(Collection<TopicPartition> partitions) {
                    forget(partitions);
                    listener.onPartitionsLost(partitions);
                }

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    listener.onPartitionsAssigned(partitions);
                }
            });
        }

        private void forget(Collection<TopicPartition> partitions) {
            gathered.drop(partitions);
            loaded.removeAll(partitions);
            held.removeAll(partitions);
        }
    }
}
