package dev.sluice.http.server;

import dev.sluice.http.access.AccessTokens;
import dev.sluice.http.api.ApiRoutes;
import dev.sluice.http.docs.Documentation;
import dev.sluice.http.observe.BuildVersion;
import dev.sluice.http.observe.Observations;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.share.SharedSlots;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnectionSelector;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server of a service: the API under {@code /api/}, health and metrics under {@code /observe/}, the API's
 * description at {@code /openapi.yaml} and {@code /docs}. Each connection has a virtual thread; time, memory and
 * numbers are bounded by {@link HttpLimits}. Closing the server turns readiness red, serves everything for the stop
 * delay, then rejects new connections, and gives requests in flight a bounded time to finish.
 */
public final class ApiServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int BACKLOG = 4096;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_PROLOGUE_BYTES = 8 * 1024;
    private static final Duration WAIT_FOR_MEMORY = Duration.ofSeconds(1);

    private final WebServer server;
    private final Deadlines deadlines;
    private final JvmGcMetrics garbageCollection;
    private final ServerLife life;
    private final Transport transport;

    private ApiServer(
            WebServer server,
            Deadlines deadlines,
            JvmGcMetrics garbageCollection,
            ServerLife life,
            Transport transport) {
        this.server = server;
        this.transport = transport;
        this.deadlines = deadlines;
        this.garbageCollection = garbageCollection;
        this.life = life;
    }

    /**
     * Starts the server.
     *
     * @throws UncheckedIOException if the address cannot be listened on, or the process may open too few files, with
     *     a message for people
     * @throws dev.sluice.service.settings.SettingException if the certificate cannot be used
     */
    public static ApiServer start(
            HttpConfig config,
            ApiRoutes routes,
            AccessTokens tokens,
            List<ReadinessCheck> checks,
            PrometheusMeterRegistry registry) {
        ListenAddress.check(config.host(), config.port());
        int room = OpenFiles.atMost(config.limits().maxConnections());
        Transport transport = Transport.of(config.tls(), registry);
        ServerLife life = new ServerLife(config.stopDelay());
        Deadlines deadlines = new Deadlines();
        WebServer server;
        try {
            OpenConnections open = new OpenConnections(room, registry);
            deadlines.repeat(open::makeRoom);
            ConnectionGuard connections = new ConnectionGuard(deadlines, config.limits(), open);
            List<ReadinessCheck> all = withOwn(checks, transport, life);
            RequestEntry entry = entry(config, routes, tokens, life, all, registry, deadlines, connections);
            server = webServer(config, room, entry, open.known(http(connections)), connections, transport, deadlines);
            server.start();
            if (!server.isRunning()) {
                throw ListenAddress.unusable(config.host(), config.port(), new IOException("see the log"));
            }
        } catch (RuntimeException | Error e) {
            deadlines.close();
            transport.close();
            throw e;
        }
        LOG.info("Listening on {}:{}, {}, Sluice {}", config.host(), server.port(), transport, BuildVersion.text());
        return new ApiServer(server, deadlines, bindJvm(registry), life, transport);
    }

    public int port() {
        return server.port();
    }

    /**
     * Turns readiness red and lets each answer end its connection, but serves everything until the stop delay is over.
     * Then accepts nothing new; requests in flight finish within the drain timeout or are cut off.
     */
    @Override
    public void close() {
        if (life.leave()) {
            server.stop();
            deadlines.close();
            transport.close();
            garbageCollection.close();
        }
    }

    private static RequestEntry entry(
            HttpConfig config,
            ApiRoutes routes,
            AccessTokens tokens,
            ServerLife life,
            List<ReadinessCheck> checks,
            PrometheusMeterRegistry registry,
            Deadlines deadlines,
            ConnectionGuard connections) {
        HttpLimits limits = config.limits();
        ByteBudget budget = new ByteBudget(limits.bodyBudgetBytes(), limits.requestBudgetBytes());
        SharedSlots requests = new SharedSlots(limits.maxRequests(), Duration.ZERO, "requests");
        Gauge.builder("sluice.http.body.bytes", budget, ByteBudget::taken)
                .description("Memory that the bodies of requests in flight take")
                .register(registry);
        Gauge.builder("sluice.http.requests.active", requests, SharedSlots::taken)
                .description("API requests in flight")
                .register(registry);
        ByteBudget waiting = new ByteBudget(limits.waitingAnswerBytes(), limits.waitingAnswerBytes());
        AnswerMemory memory = new AnswerMemory(budget, waiting, WAIT_FOR_MEMORY);
        Responder responder = new Responder(deadlines, connections, memory, limits.answerTimeout(), life);
        BodyReader bodies = new BodyReader(limits, budget, deadlines, connections, responder);
        StreamExchanges streams = new StreamExchanges(limits, budget, connections, responder, tokens, life::isStopping);
        BusyCallers callers = new BusyCallers(System::nanoTime, LOG::warn);
        deadlines.repeat(callers::tell);
        Throttle throttle = new Throttle(config.quotas(), registry);
        ApiEntry api = new ApiEntry(routes, tokens, bodies, new BaseUrl(config), streams, throttle);
        return new RequestEntry(
                api,
                new Observations(checks, registry),
                Documentation.load(),
                responder,
                new RequestMetrics(registry),
                callers,
                requests);
    }

    private static WebServer webServer(
            HttpConfig config,
            int room,
            RequestEntry entry,
            ServerConnectionSelector http,
            ConnectionGuard connections,
            Transport transport,
            Deadlines deadlines) {
        HttpLimits limits = config.limits();
        return WebServer.builder()
                .update(builder -> transport.configure(builder, connections, deadlines))
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .backlog(BACKLOG)
                .maxTcpConnections(room)
                .maxPayloadSize(limits.maxBodyBytes())
                .idleConnectionTimeout(limits.idleTimeout())
                .idleConnectionPeriod(period(limits.idleTimeout()))
                .shutdownGracePeriod(limits.drainTimeout())
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .contentEncoding(new UndecodedBodies())
                .errorHandling(TransportErrors.TOLD_WHY)
                .directHandlers(TransportErrors.handlers(connections))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(http)
                .routing(HttpRouting.builder().any(entry))
                .build();
    }

    private static Http1ConnectionSelector http(ConnectionGuard connections) {
        return Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(MAX_PROLOGUE_BYTES)
                        .maxHeadersSize(MAX_HEADER_BYTES)
                        .sendKeepAliveHeader(false)
                        .addReceiveListener(connections)
                        .build())
                .build();
    }

    private static List<ReadinessCheck> withOwn(List<ReadinessCheck> checks, Transport transport, ServerLife life) {
        List<ReadinessCheck> all = new ArrayList<>(checks);
        transport.readiness().ifPresent(all::add);
        all.add(life.readiness());
        return all;
    }

    private static JvmGcMetrics bindJvm(PrometheusMeterRegistry registry) {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("sluice.build", () -> 1)
                .description("Always 1")
                .tag("version", BuildVersion.text())
                .register(registry);
        JvmGcMetrics garbageCollection = new JvmGcMetrics();
        garbageCollection.bindTo(registry);
        return garbageCollection;
    }

    private static Duration period(Duration idleTimeout) {
        return idleTimeout.dividedBy(5).plusMillis(1);
    }
}
