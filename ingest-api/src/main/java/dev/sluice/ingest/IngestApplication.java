package dev.sluice.ingest;

import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.access.KafkaAccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.server.ApiServer;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.service.process.Closing;
import dev.sluice.service.process.ServiceProcess;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** ingest-api as its own process, configured by its environment. On SIGTERM it drains, and stops within five seconds more. */
public final class IngestApplication implements AutoCloseable {

    private final KafkaAccessTokens tokens;
    private final IngestApi ingest;
    private final ApiServer server;

    private IngestApplication(KafkaAccessTokens tokens, IngestApi ingest, ApiServer server) {
        this.tokens = tokens;
        this.ingest = ingest;
        this.server = server;
    }

    public static void main(String[] arguments) {
        ServiceProcess.start(IngestApplication.class, "logback-ingest-api.xml", arguments, environment -> {
            IngestConfig config = IngestConfig.of(environment);
            HttpConfig http = http(environment);
            return () -> {
                IngestApplication application = start(config, http, Clock.systemUTC());
                ServiceProcess.closeAtEnd(IngestApplication.class, application::close);
            };
        });
    }

    /** @throws SettingException if a setting is bad, or the maximum request body would not fit into a record with its headers */
    static HttpConfig http(Environment environment) {
        environment.bytes("SLUICE_MAX_BODY", TopicSettings.MAX_BODY_BYTES, 1, TopicSettings.MAX_BODY_BYTES);
        return HttpConfig.of(environment);
    }

    static IngestApplication start(IngestConfig config, HttpConfig http, Clock clock) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        KafkaAccessTokens tokens =
                new KafkaAccessTokens(config.log().kafka(), config.log().topics(), clock);
        IngestApi ingest = IngestApi.start(config, registry);
        try {
            tokens.start();
            ApiRoutes routes = new ApiRoutes();
            ingest.register(routes);
            List<ReadinessCheck> checks = new ArrayList<>(ingest.readiness());
            checks.add(tokens.readiness());
            return new IngestApplication(tokens, ingest, ApiServer.start(http, routes, tokens, checks, registry));
        } catch (RuntimeException | Error e) {
            ingest.close();
            tokens.close();
            throw e;
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        Closing.together(ingest::close, tokens::close);
    }
}
