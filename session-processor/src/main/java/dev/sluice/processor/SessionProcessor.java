package dev.sluice.processor;

import com.mongodb.ConnectionString;
import com.mongodb.MongoConfigurationException;
import com.mongodb.client.MongoClient;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.processor.consume.SubmissionsConsumer;
import dev.sluice.processor.read.ReadApi;
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
 * The session-processor: takes every record of the log to its outcome in the store exactly once, and answers reads. It starts whether or
 * not Kafka and MongoDB are there, recovers by itself when they come, and says through its readiness what it lacks.
 */
public final class SessionProcessor implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private SessionProcessor(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it; returns at once, whatever is away, but for DNS with a connection string of mongodb+srv.
     *
     * @param durability what makes acknowledged writes survive; {@link StoreDurability#BY_ACKNOWLEDGEMENT} for MongoDB
     * @throws UncheckedIOException if DNS does not say what belongs to such a connection string
     */
    public static SessionProcessor start(
            ProcessorConfig config, StoreDurability durability, MeterRegistry meters, Clock clock) {
        ConnectionString store = store(config);
        ApplicationContextInitializer<GenericApplicationContext> given = context -> {
            context.registerBean(ConnectionString.class, () -> store);
            context.registerBean(ProcessorConfig.class, () -> config);
            context.registerBean(StoreDurability.class, () -> durability);
            // Not ours to close.
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
        // They would read configuration files and set logging up anew, and both are this process's own business.
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

    /** Adds the handlers of the read API. */
    public void register(ApiRoutes routes) {
        context.getBean(ReadApi.class).register(routes);
    }

    /** What may keep it from being ready. */
    public List<ReadinessCheck> readiness() {
        ProcessorStartup startup = context.getBean(ProcessorStartup.class);
        SubmissionsConsumer consumer = context.getBean(SubmissionsConsumer.class);
        MongoClient store = context.getBean(MongoClient.class);
        return List.of(
                new ReadinessCheck("processor-startup", startup::state),
                new ReadinessCheck("processor-consumption", consumer::state),
                new ReadinessCheck(
                        "processor-store",
                        () -> MongoConnection.isUp(store)
                                ? new ReadinessCheck.State(true, "MongoDB is there")
                                : new ReadinessCheck.State(false, MongoConnection.trouble(store))));
    }

    /** What somebody has to change before it can work, if so: waiting does not help. */
    public Optional<String> refusal() {
        return context.getBean(ProcessorStartup.class).refusal();
    }

    /** Finishes the batch at hand, or leaves it to be retried, and lets go of Kafka and MongoDB, within five seconds. */
    @Override
    public void close() {
        context.close();
    }
}
