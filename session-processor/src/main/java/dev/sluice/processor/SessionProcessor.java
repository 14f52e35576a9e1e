package dev.sluice.processor;

import com.mongodb.ConnectionString;
import com.mongodb.MongoConfigurationException;
import com.mongodb.client.MongoClient;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.consume.SubmissionsConsumer;
import dev.sluice.processor.read.ProcessorApi;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.processor.store.StoreDurability;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The session-processor: gives every record of the log its outcome in the store exactly once, and answers reads. It starts even while Kafka or
 * MongoDB is unavailable, recovers by itself, and reports through its readiness what is missing.
 */
public final class SessionProcessor implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private SessionProcessor(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the processor. Returns at once, even if Kafka or MongoDB is unavailable; only a mongodb+srv connection string needs DNS.
     *
     * @param durability makes acknowledged writes durable; {@link StoreDurability#BY_ACKNOWLEDGEMENT} for MongoDB
     * @throws UncheckedIOException if DNS cannot resolve a mongodb+srv connection string
     */
    public static SessionProcessor start(
            ProcessorConfig config, StoreDurability durability, MeterRegistry meters, Clock clock) {
        ConnectionString store = store(config);
        ApplicationContextInitializer<GenericApplicationContext> given = context -> {
            context.registerBean(ConnectionString.class, () -> store);
            context.registerBean(ProcessorConfig.class, () -> config);
            context.registerBean(StoreDurability.class, () -> durability);
            // Closed by its owner.
            context.registerBean(MeterRegistry.class, () -> meters, bean -> bean.setDestroyMethodName(""));
            context.registerBean(Clock.class, () -> clock);
        };
        SpringApplication application = new SpringApplicationBuilder(ProcessorBeans.class)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .addCommandLineProperties(false)
                .initializers(given)
                .build();
        // Spring's listeners would read configuration files and reconfigure logging, which is up to this process.
        application.setListeners(List.of());
        return new SessionProcessor(application.run());
    }

    private static ConnectionString store(ProcessorConfig config) {
        try {
            return config.store();
        } catch (MongoConfigurationException e) {
            throw new UncheckedIOException(
                    "DNS must answer for a connection string of mongodb+srv: " + e.getMessage(), new IOException(e));
        }
    }

    public void register(ApiRoutes routes) {
        context.getBean(ProcessorApi.class).register(routes);
    }

    /** The check of whether topics, store and log were found to belong together; consuming begins then. */
    public ReadinessCheck startup() {
        return new ReadinessCheck("processor-startup", context.getBean(ProcessorStartup.class)::state);
    }

    public List<ReadinessCheck> readiness() {
        SubmissionsConsumer consumer = context.getBean(SubmissionsConsumer.class);
        MongoClient store = context.getBean(MongoClient.class);
        return List.of(
                startup(),
                new ReadinessCheck("processor-consumption", consumer::state),
                new ReadinessCheck(
                        "processor-store",
                        () -> MongoConnection.isUp(store)
                                ? new ReadinessCheck.State(true, "MongoDB is there")
                                : new ReadinessCheck.State(false, MongoConnection.trouble(store))));
    }

    /** What somebody must change before it can work; empty if waiting may help. */
    public Optional<String> refusal() {
        return context.getBean(ProcessorStartup.class).refusal();
    }

    /** Finishes the current batch or leaves it to be retried, and disconnects from Kafka and MongoDB, within five seconds. */
    @Override
    public void close() {
        context.close();
    }
}
