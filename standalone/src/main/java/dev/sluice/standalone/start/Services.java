package dev.sluice.standalone.start;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.access.KafkaAccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.server.ApiServer;
import dev.sluice.http.server.HttpConfig;
import dev.sluice.http.server.HttpLimits;
import dev.sluice.ingest.IngestApi;
import dev.sluice.ingest.IngestConfig;
import dev.sluice.processor.LogConfig;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.processor.SessionProcessor;
import dev.sluice.processor.consume.Capacity;
import dev.sluice.service.kafka.KafkaLog;
import dev.sluice.service.settings.Heap;
import dev.sluice.standalone.store.Store;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs both services behind one web server in one process; each contributes its routes and readiness checks. */
final class Services {

    // The embedded broker and store have no memory limit of their own, so they get half the heap.
    private static final Heap HALF = Heap.ofProcess().half();
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofMillis(1500);
    private static final Duration SERVER_STOPS_WITHIN = DRAIN.plusMillis(500);
    private static final Duration TOKENS_STOP_WITHIN = Duration.ofMillis(500);
    private static final Duration INGEST_STOPS_WITHIN = Duration.ofSeconds(1);
    private static final Duration PROCESSOR_STOPS_WITHIN = Duration.ofSeconds(3);

    private final StartOptions options;
    private final KafkaCluster kafka;
    private final Store store;
    private final DiskSpace disk;
    private final Clock clock;

    Services(StartOptions options, KafkaCluster kafka, Store store, DiskSpace disk, Clock clock) {
        this.options = options;
        this.kafka = kafka;
        this.store = store;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Starts the services in {@code running} and returns when they are ready.
     *
     * @param tell receives what the services wait for, if they wait long, and why submissions are refused, if they are
     * @return the port that they listen on
     */
    int start(ClosingOrder running, Consumer<String> tell) throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SessionProcessor processor = running.start(
                "session processor",
                PROCESSOR_STOPS_WITHIN,
                () -> SessionProcessor.start(processorConfig(), store::flush, registry, clock));
        IngestApi ingest = running.start(
                "ingest API",
                INGEST_STOPS_WITHIN,
                () -> IngestApi.start(ingestConfig(), registry, this::takesSubmissions));
        KafkaAccessTokens tokens = running.start("access tokens", TOKENS_STOP_WITHIN, this::startTokens);
        ApiRoutes routes = new ApiRoutes();
        processor.register(routes);
        ingest.register(routes);
        List<ReadinessCheck> checks = Stream.of(processor.readiness(), ingest.readiness(), List.of(tokens.readiness()))
                .flatMap(List::stream)
                .map(Services::withOptions)
                .toList();
        List<ReadinessCheck> all = withDiskSpace(checks);
        ReadinessWait wait =
                new ReadinessWait(READY_WITHIN, () -> processor.refusal().map(OptionNames::in), tell);
        // Only the processor knows, from the store, what the topic was before: until it has looked, nothing may be
        // accepted.
        wait.awaitWork(processor.startup());
        ApiServer server = running.start(
                "web server",
                SERVER_STOPS_WITHIN,
                () -> ApiServer.start(httpConfig(options), routes, tokens, all, registry));
        awaitReady(checks, wait, tell);
        return server.port();
    }

    private void awaitReady(List<ReadinessCheck> checks, ReadinessWait wait, Consumer<String> tell)
            throws InterruptedException {
        for (ReadinessCheck check : checks) {
            wait.await(check);
        }
        if (!takesSubmissions()) {
            tell.accept("submissions are refused: " + disk.state().detail());
        }
    }

    private boolean takesSubmissions() {
        return !kafka.isOurs() || disk.hasRoom();
    }

    // Startup does not wait for this check: without disk space the services still answer reads.
    private List<ReadinessCheck> withDiskSpace(List<ReadinessCheck> checks) {
        List<ReadinessCheck> all = new ArrayList<>(checks);
        if (kafka.isOurs()) {
            all.add(new ReadinessCheck("disk-space", disk::state));
        }
        return all;
    }

    private KafkaAccessTokens startTokens() {
        KafkaAccessTokens tokens = new KafkaAccessTokens(kafka.settings(), TopicNames.DEFAULT, clock);
        tokens.start();
        return tokens;
    }

    private static HttpConfig httpConfig(StartOptions options) {
        return HttpConfig.defaults()
                .withPort(options.port())
                .withLimits(HttpLimits.defaults(HALF).withDrainTimeout(DRAIN))
                .withQuotas(options.quotas());
    }

    private IngestConfig ingestConfig() {
        KafkaLog log = KafkaLog.of(kafka.settings(), TopicNames.DEFAULT).withIds(options.idsBase());
        return IngestConfig.of(log).withHeap(HALF);
    }

    private ProcessorConfig processorConfig() {
        Map<String, Object> settings = new HashMap<>(kafka.settings());
        if (kafka.isOurs()) {
            // We are the only member of the group. With a static member id we replace a killed predecessor at once;
            // without one the broker would wait 45 s for it to come back, and nothing would be consumed until then.
            settings.put("group.instance.id", "standalone");
        }
        return ProcessorConfig.of(settings, store.uri())
                .withLog(LogConfig.DEFAULT.withIds(options.idsBase()).withMovedTo(options.logMovedTo()))
                .withCapacity(Capacity.DEFAULT.withHeap(HALF));
    }

    /** The check, in the words of the standalone. */
    static ReadinessCheck withOptions(ReadinessCheck check) {
        return new ReadinessCheck(check.name(), () -> {
            ReadinessCheck.State state = check.state().get();
            return new ReadinessCheck.State(state.ready(), OptionNames.in(state.detail()), state.change());
        });
    }
}
