package dev.sluice.test.fault;

import static dev.sluice.test.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a proxy does to bytes, in front of a server that records what it receives. */
class FaultProxyTest {

    private final AtomicLong heard = new AtomicLong();
    private ServerSocket server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        proxy = FaultProxy.of("127.0.0.1", server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesOnInBothDirections() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write("abc".getBytes(UTF_8));

            assertThat(client.getInputStream().readNBytes(3)).isEqualTo("abc".getBytes(UTF_8));
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void resetsWhatThereIsAndWhatComesWhileItRefuses() throws IOException {
        try (Socket before = connect()) {
            before.getOutputStream().write('a');
            assertThat(before.getInputStream().read()).isEqualTo('a');

            proxy.refuse();

            assertReset(before);
            try (Socket meanwhile = connect()) {
                assertReset(meanwhile);
            }
        }
        proxy.restore();
        passesBytesOnInBothDirections();
    }

    @Test
    void cutsInTheMiddleOfWhatIsSaid() throws IOException {
        proxy.cutAfter(Direction.REQUESTS, 10);
        try (Socket client = connect()) {
            client.getOutputStream().write(new byte[100]);

            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
        assertThat(heard).hasValueLessThanOrEqualTo(10);
    }

    @Test
    void passesNothingOnWhileItIsPaused() throws IOException {
        try (Socket client = connect()) {
            proxy.pause(Direction.ANSWERS);
            client.getOutputStream().write('a');
            await().untilAsserted(() -> assertThat(heard).hasValue(1));
            client.setSoTimeout(100);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.restore();

            client.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(client.getInputStream().read()).isEqualTo('a');
        }
    }

    @Test
    void delaysAndThrottles() throws IOException {
        proxy.delay(Direction.REQUESTS, Duration.ofMillis(100));
        proxy.throttle(Direction.ANSWERS, 10_000);
        try (Socket client = connect()) {
            long begin = System.nanoTime();
            client.getOutputStream().write(new byte[1_000]);
            client.getInputStream().readNBytes(1_000);

            client.getOutputStream().write('a');
            client.getInputStream().read();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(300));
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout((int) PATIENCE.toMillis());
        return client;
    }

    private static void assertReset(Socket client) {
        assertThatThrownBy(() -> {
                    if (client.getInputStream().read() < 0) {
                        throw new SocketException("closed");
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> echo(socket));
            } catch (IOException _) {
                // The server is closed.
            }
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            byte[] bytes = new byte[1_000];
            for (int count = socket.getInputStream().read(bytes);
                    count > 0;
                    count = socket.getInputStream().read(bytes)) {
                heard.addAndGet(count);
                socket.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException _) {
            // The proxy has cut the connection.
        }
    }
}
