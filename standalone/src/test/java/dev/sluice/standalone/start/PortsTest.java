package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.id.IdBase;
import dev.sluice.http.quota.Quotas;
import dev.sluice.standalone.command.CommandFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void saysWhichPortIsInUseAndWhichOptionChangesIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> Ports.requireFree(options(taken, 0, null)))
                    .withMessageContaining("port " + taken)
                    .withMessageEndingWith("--port");
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> Ports.requireFree(options(0, taken, null)))
                    .withMessageEndingWith("--kafka-port");
        }
    }

    @Test
    void doesNotMindTheBrokersPortWhereThereIsNoBroker() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StartOptions options = options(0, other.getLocalPort(), "kafka:9092");

            assertThatCode(() -> Ports.requireFree(options)).doesNotThrowAnyException();
        }
    }

    private static StartOptions options(int port, int kafkaPort, @Nullable String kafka) {
        return new StartOptions(port, kafkaPort, kafka, null, IdBase.NONE, "", Quotas.NONE);
    }
}
