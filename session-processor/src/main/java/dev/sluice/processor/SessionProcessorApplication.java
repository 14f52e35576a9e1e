package dev.sluice.processor;

import dev.sluice.http.access.KafkaAccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.server.ApiServer;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.service.process.Closing;
import dev.sluice.service.process.ServiceProcess;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The session-processor as a process of its own, configured by its environment. */
public final class SessionProcessorApplication {

    private SessionProcessorApplication() {}

    public static void main(String[] arguments) {
        ServiceProcess.start(
                SessionProcessorApplication.class, "logback-session-processor.xml", arguments, environment -> {
                    ProcessorConfig config = ProcessorConfig.of(environment);
                    HttpConfig http = HttpConfig.of(environment);
                    return () -> run(config, http);
                });
    }

    /** @throws UncheckedIOException if it cannot listen; it has left the consumer group then, so that no partition waits for it */
    static void run(ProcessorConfig config, HttpConfig http) {
        Clock clock = Clock.systemUTC();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        KafkaAccessTokens tokens = new KafkaAccessTokens(config.kafka(), config.topics(), clock);
        tokens.start();
        SessionProcessor processor = SessionProcessor.start(config, StoreDurability.BY_ACKNOWLEDGEMENT, meters, clock);
        ApiServer server;
        try {
            ApiRoutes routes = new ApiRoutes();
            processor.register(routes);
            List<ReadinessCheck> readiness = new ArrayList<>(processor.readiness());
            readiness.add(tokens.readiness());
            server = ApiServer.start(http, routes, tokens, readiness, meters);
        } catch (RuntimeException | Error e) {
            processor.close();
            tokens.close();
            throw e;
        }
        ServiceProcess.closeAtEnd(SessionProcessorApplication.class, () -> {
            server.close();
            Closing.together(processor::close, tokens::close);
        });
    }
}
