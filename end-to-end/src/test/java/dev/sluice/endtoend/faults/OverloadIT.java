package dev.sluice.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.fault.Direction;
import dev.sluice.test.fault.KafkaProxies;
import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More submissions than Kafka can take: the excess is refused at once, and the rest is accepted in time. */
class OverloadIT {

    // With less, those that may wait would not be through within the acknowledgement timeout.
    private static final int BYTES_PER_SECOND = 400_000;
    private static final int WITHIN_CAPACITY = 200;
    // In four seconds some 1,400 more than are taken or may wait. Each needs a connection of its own, from the same
    // cores.
    private static final int MUCH_TOO_MUCH = 1_200;

    private final Installation installation = Installation.shared();

    @Test
    void refusesWhatIsTooMuchAndKeepsTheOthersInTime() throws IOException {
        Duration duration = Duration.ofSeconds(Faults.rounds(4, 60));
        try (KafkaProxies kafka = KafkaProxies.of(installation.brokers().bootstrapServers());
                ServiceProcess edge = ServiceProcess.ingestApi(
                        installation.environment(Map.of("SLUICE_KAFKA", kafka.bootstrapServers())));
                OpenLoop clients = new OpenLoop(edge.awaitReady().address(), installation.token(), 7_000)) {
            clients.run(WITHIN_CAPACITY, Duration.ofSeconds(1));
            kafka.all().forEach(proxy -> proxy.throttle(Direction.REQUESTS, BYTES_PER_SECOND));

            OpenLoop.Outcome within = clients.run(WITHIN_CAPACITY, duration);
            double heapWithin = heapMebibytes(edge);
            OpenLoop.Outcome tooMuch = clients.run(MUCH_TOO_MUCH, duration);
            double heapTooMuch = heapMebibytes(edge);

            System.out.printf(
                    "Overload, Kafka throttled to %d bytes/s: %s, heap %.0f MiB; %s, heap %.0f MiB%n",
                    BYTES_PER_SECOND, within, heapWithin, tooMuch, heapTooMuch);
            assertThat(within.refused().count()).isZero();
            assertThat(within.others()).isEmpty();
            assertThat(tooMuch.others()).isEmpty();
            assertThat(tooMuch.unknown()).as("waited out the whole time").isZero();
            assertThat(tooMuch.refused().count()).isPositive();
            assertThat(tooMuch.accepted().count()).isPositive();
            assertThat(edge.isReady()).isTrue();
        }
    }

    private static double heapMebibytes(ServiceProcess edge) throws IOException {
        return edge.metric("jvm_memory_used_bytes{area=\"heap\"") / (1 << 20);
    }
}
