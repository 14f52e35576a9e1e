package dev.sluice.endtoend.faults;

import dev.sluice.test.fault.Direction;
import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.fault.Hook;
import dev.sluice.test.fault.KafkaProxies;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.Then;
import dev.sluice.test.process.ServiceProcess;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The connection between ingest-api and Kafka may break before, during or after a record, for a while, or only be slow. */
class CutKafkaIT {

    private static final int SOON = 5;

    private final Installation installation = Installation.shared();
    private final Random random = Faults.random();

    @Test
    void acceptsOnlyWhatIsLoggedWhateverBreaks() throws Exception {
        int rounds = Faults.rounds(1, 20);
        try (KafkaProxies kafka = KafkaProxies.of(installation.brokers().bootstrapServers());
                ServiceProcess edge = ServiceProcess.ingestApi(installation.environment(
                        Map.of("SLUICE_KAFKA", kafka.bootstrapServers(), "SLUICE_ACK_TIMEOUT", "2s")));
                Workload workload =
                        installation.workload(edge.awaitReady(), 2_000).start()) {
            workload.awaitMoreAccepted(20);
            for (int i = 0; i < rounds; i++) {
                for (Moment moment : Moment.values()) {
                    cutOnce(kafka, moment, workload);
                }
                slow(kafka, workload);
                refuse(kafka, workload);
                fallSilent(kafka, workload);
            }

            installation
                    .reckoning(workload.settle())
                    .holds("connection to Kafka cut before, in and after a record, slow, refused and silent " + rounds
                            + " x each");
        }
    }

    private void cutOnce(KafkaProxies kafka, Moment moment, Workload workload) throws Exception {
        Hook cut = kafka.hooks().at(1 + random.nextInt(SOON), "PRODUCE", moment, _ -> Then.CUT);
        cut.first().get(60, TimeUnit.SECONDS);
        workload.awaitMoreAccepted(10);
    }

    private static void slow(KafkaProxies kafka, Workload workload) {
        kafka.all().forEach(proxy -> proxy.delay(Direction.ANSWERS, Duration.ofMillis(300)));
        workload.awaitMoreAccepted(10);
        kafka.all().forEach(FaultProxy::restore);
    }

    private static void refuse(KafkaProxies kafka, Workload workload) {
        kafka.all().forEach(FaultProxy::refuse);
        workload.awaitMoreUnavailable(20);
        kafka.all().forEach(FaultProxy::restore);
        workload.awaitMoreAccepted(10);
    }

    private static void fallSilent(KafkaProxies kafka, Workload workload) {
        kafka.all().forEach(proxy -> proxy.pause(Direction.ANSWERS));
        workload.awaitMoreUnavailable(20);
        kafka.all().forEach(FaultProxy::restore);
        workload.awaitMoreAccepted(10);
    }
}
