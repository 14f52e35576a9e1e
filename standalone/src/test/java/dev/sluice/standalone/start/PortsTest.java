package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.standalone.command.CommandFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final StartOptions ANY = StartOptions.ON_ANY_PORTS;

    @Test
    void saysWhichPortIsInUseAndWhichOptionChangesIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> Ports.requireFree(ANY.withPorts(taken, 0)))
                    .withMessageContaining("port " + taken)
                    .withMessageEndingWith("--port");
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> Ports.requireFree(ANY.withPorts(0, taken)))
                    .withMessageEndingWith("--kafka-port");
        }
    }

    @Test
    void doesNotMindTheBrokersPortWhereThereIsNoBroker() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StartOptions options = ANY.withPorts(0, other.getLocalPort()).withKafka("kafka:9092");

            assertThatCode(() -> Ports.requireFree(options)).doesNotThrowAnyException();
        }
    }
}
