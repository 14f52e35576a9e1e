package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.id.IdBase;
import dev.sluice.http.quota.Quotas;
import dev.sluice.standalone.command.CommandFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void saysWhichPortIsInUseAndWhichOptionChangesIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int taken = other.getLocalPort();

            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() ->
                            Ports.requireFree(new StartOptions(taken, 0, null, null, IdBase.NONE, "", Quotas.NONE)))
                    .withMessageContaining("port " + taken)
                    .withMessageEndingWith("--port");
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() ->
                            Ports.requireFree(new StartOptions(0, taken, null, null, IdBase.NONE, "", Quotas.NONE)))
                    .withMessageEndingWith("--kafka-port");
        }
    }

    @Test
    void doesNotMindTheBrokersPortWhereThereIsNoBroker() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StartOptions options =
                    new StartOptions(0, other.getLocalPort(), "kafka:9092", null, IdBase.NONE, "", Quotas.NONE);

            assertThatCode(() -> Ports.requireFree(options)).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(
                        () -> Ports.requireFree(new StartOptions(70_000, 0, null, null, IdBase.NONE, "", Quotas.NONE)))
                .withMessage("--port 70000 is not a port: expected 0 to 65535");
    }
}
