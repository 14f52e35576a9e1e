package dev.sluice.test.fault;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A proxy in front of each broker of a Kafka cluster. Clients that start from {@link #bootstrapServers} hear of no other addresses than the
 * proxies', whatever the brokers advertise. For many threads.
 */
public final class KafkaProxies implements AutoCloseable {

    private final Map<String, FaultProxy> proxies = new ConcurrentHashMap<>();
    private final Hooks hooks = new Hooks();
    private final Protocol protocol = new KafkaProtocol(
            (host, port) -> host.isEmpty() ? -1 : of(host, port).port());
    private final List<FaultProxy> first;

    private KafkaProxies(String bootstrapServers) {
        this.first = List.of(bootstrapServers.split(",")).stream()
                .map(server -> server.split(":", 2))
                .map(server -> of(server[0], Integer.parseInt(server[1])))
                .toList();
    }

    /** In front of the brokers with these addresses, and of those that they name. */
    public static KafkaProxies of(String bootstrapServers) {
        return new KafkaProxies(bootstrapServers);
    }

    /** Where clients start. */
    public String bootstrapServers() {
        return first.stream().map(FaultProxy::address).collect(Collectors.joining(","));
    }

    /** The one in front of a broker, by the address that the broker advertises. */
    public FaultProxy of(String host, int port) {
        return proxies.computeIfAbsent(host + ":" + port, address -> FaultProxy.start(host, port, protocol, hooks));
    }

    /** All there are by now. */
    public List<FaultProxy> all() {
        return List.copyOf(proxies.values());
    }

    /** What happens to messages, whichever broker they are for. */
    public Hooks hooks() {
        return hooks;
    }

    @Override
    public void close() {
        proxies.values().forEach(FaultProxy::close);
    }
}
