package dev.sluice.endtoend.faults;

import static java.util.Objects.requireNonNull;

import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.fault.Hook;
import dev.sluice.test.fault.Hooks;
import dev.sluice.test.fault.KafkaProxies;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.Then;
import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session-processor in a separate process, with proxies between it and its brokers and store. */
final class FaultyProcessor implements AutoCloseable {

    private final FaultProxy store;
    private final KafkaProxies kafka;
    private final ServiceProcess service;

    /** Starts the processor without waiting. */
    FaultyProcessor(Installation installation, String database, Map<String, String> environment) {
        this.store = FaultProxy.ofMongo("127.0.0.1", installation.store().port());
        this.kafka = KafkaProxies.of(installation.brokers().bootstrapServers());
        Map<String, String> all = new HashMap<>(environment);
        all.put("SLUICE_KAFKA", kafka.bootstrapServers());
        all.put("SLUICE_MONGODB", "mongodb://" + store.address() + "/" + database);
        this.service = ServiceProcess.sessionProcessor(installation.environment(all));
    }

    FaultProxy store() {
        return store;
    }

    ServiceProcess service() {
        return service;
    }

    /** Runs an action once, at the processor's next request of that name. */
    Hook atNext(String request, Moment moment, Runnable action) {
        return hooks(request).at(1, request, moment, message -> {
            action.run();
            return Then.PASS;
        });
    }

    /** The detail of one of its readiness checks. */
    String readiness(String check) throws IOException {
        JsonNode health = JsonMapper.shared()
                .readTree(service.get("/observe/health/ready").body());
        for (JsonNode one : health.path("checks")) {
            if (one.path("name").stringValue("").equals(check)) {
                return one.toString();
            }
        }
        return "";
    }

    @Override
    public void close() {
        service.close();
        store.close();
        kafka.close();
    }

    // Kafka's request names are in capitals, MongoDB's are not.
    private Hooks hooks(String request) {
        return Character.isUpperCase(requireNonNull(request).charAt(0)) ? kafka.hooks() : store.hooks();
    }
}
