package dev.sluice.processor;

import com.mongodb.ConnectionString;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.processor.breaker.BreakerConfig;
import dev.sluice.processor.consume.Capacity;
import dev.sluice.processor.store.StoreAddress;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The processor's configuration.
 *
 * @param kafka connection settings, with the names of Kafka's own clients
 * @param mongodb MongoDB's connection string; if it names no database, {@link StoreAddress#DATABASE} is added
 * @param log the log, and what is published beside it
 * @param capacity the threads and the memory that it may use
 * @param readTimeout how long a read waits for a session that was just written
 * @param breaker when bad records count as a flood and stop a partition
 */
public record ProcessorConfig(
        Map<String, Object> kafka,
        String mongodb,
        LogConfig log,
        Capacity capacity,
        Duration readTimeout,
        BreakerConfig breaker) {

    public static final String MONGODB = "SLUICE_MONGODB";

    /** The store unless another is given. */
    public static final String DEFAULT_MONGODB = "mongodb://localhost:27017/sluice";

    private static final List<String> SCHEMES = List.of("mongodb://", "mongodb+srv://");
    private static final String URI_FORM = "a MongoDB connection string, as in mongodb://host:27017/sluice";
    private static final Duration MAX_READ_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(5);

    public ProcessorConfig {
        kafka = Map.copyOf(kafka);
        check(kafka.containsKey("bootstrap.servers"), "kafka", kafka.keySet(), "settings with bootstrap.servers");
        check(isAddress(mongodb), "mongodb", withoutCredentials(mongodb), URI_FORM);
        mongodb = StoreAddress.withDatabase(mongodb);
        check(
                readTimeout.isPositive() && readTimeout.compareTo(MAX_READ_TIMEOUT) <= 0,
                "readTimeout",
                readTimeout,
                "above zero, at most " + MAX_READ_TIMEOUT);
    }

    /** The defaults for a log and a store: 12 partitions without replicas, four threads, a read timeout of five seconds. */
    public static ProcessorConfig of(Map<String, Object> kafka, String mongodb) {
        return new ProcessorConfig(
                kafka, mongodb, LogConfig.DEFAULT, Capacity.DEFAULT, DEFAULT_READ_TIMEOUT, BreakerConfig.DEFAULT);
    }

    /**
     * Reads the environment.
     *
     * @throws SettingException if a variable has a bad value
     */
    public static ProcessorConfig of(Environment environment) {
        String mongodb = environment.text(MONGODB, DEFAULT_MONGODB);
        if (!isAddress(mongodb)) {
            throw new SettingException(MONGODB, withoutCredentials(mongodb), URI_FORM);
        }
        return new ProcessorConfig(
                KafkaSettings.properties(environment),
                mongodb,
                LogConfig.of(environment),
                Capacity.of(environment.integer(
                        "SLUICE_PROCESSOR_THREADS", Capacity.DEFAULT.threads(), 1, Capacity.MAX_THREADS)),
                environment.duration(
                        "SLUICE_READ_TIMEOUT", DEFAULT_READ_TIMEOUT, Duration.ofMillis(1), MAX_READ_TIMEOUT),
                breaker(environment));
    }

    private static BreakerConfig breaker(Environment environment) {
        return new BreakerConfig(
                environment.integer(
                        "SLUICE_BREAKER_CONSECUTIVE",
                        BreakerConfig.DEFAULT.consecutive(),
                        0,
                        BreakerConfig.MAX_RECORDS),
                environment.share("SLUICE_BREAKER_RATIO", BreakerConfig.DEFAULT.ratio()),
                environment.integer(
                        "SLUICE_BREAKER_WINDOW", BreakerConfig.DEFAULT.window(), 0, BreakerConfig.MAX_RECORDS));
    }

    public ProcessorConfig withLog(LogConfig log) {
        return new ProcessorConfig(kafka, mongodb, log, capacity, readTimeout, breaker);
    }

    public ProcessorConfig withCapacity(Capacity capacity) {
        return new ProcessorConfig(kafka, mongodb, log, capacity, readTimeout, breaker);
    }

    public ProcessorConfig withReadTimeout(Duration readTimeout) {
        return new ProcessorConfig(kafka, mongodb, log, capacity, readTimeout, breaker);
    }

    public ProcessorConfig withBreaker(BreakerConfig breaker) {
        return new ProcessorConfig(kafka, mongodb, log, capacity, readTimeout, breaker);
    }

    public TopicNames topics() {
        return log.topics();
    }

    public ConnectionString store() {
        return new ConnectionString(mongodb);
    }

    public String database() {
        return Objects.requireNonNull(StoreAddress.parsed(mongodb).getDatabase(), "a store without a database");
    }

    /** Contains no passwords of the store or of Kafka. */
    @Override
    public String toString() {
        return "ProcessorConfig[kafka=" + kafka.get("bootstrap.servers") + ", mongodb=" + withoutCredentials(mongodb)
                + ", log=" + log + ", capacity=" + capacity + ", readTimeout=" + readTimeout + ", breaker=" + breaker
                + "]";
    }

    private static boolean isAddress(String mongodb) {
        try {
            StoreAddress.parsed(mongodb);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String withoutCredentials(String mongodb) {
        // The text may not be a valid connection string, so anything before the last @ may be a password, as may any
        // option.
        String scheme = SCHEMES.stream().filter(mongodb::startsWith).findFirst().orElse("");
        int question = mongodb.indexOf('?');
        int at = mongodb.lastIndexOf('@');
        if (question >= 0 && question < at) {
            return scheme + "...";
        }
        String options = question < 0 ? "" : "?...";
        String address = mongodb.substring(0, question < 0 ? mongodb.length() : question);
        return (at < 0 ? address : scheme + "..." + address.substring(at)) + options;
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + expected);
        }
    }
}
