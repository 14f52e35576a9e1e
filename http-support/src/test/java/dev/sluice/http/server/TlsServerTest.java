package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import dev.sluice.test.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees of plain connections also hold with TLS. */
class TlsServerTest {

    private static final Duration LONG_ENOUGH_FOR_A_HANDSHAKE = Duration.ofSeconds(5);

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static HttpConfig tls;

    @BeforeAll
    static void make() throws IOException {
        certificate = TestCertificate.make(folder, "server");
        tls = tls(certificate.certificate(), certificate.key(), "SLUICE_MAX_BODY", "100000");
        shakeHandsOnce();
    }

    /** A JVM's first handshake can take longer than the tests allow for one. */
    private static void shakeHandsOnce() throws IOException {
        try (RunningServer server = new RunningServer(withHeaderTimeout(Duration.ofMinutes(1)))) {
            client(server, "TLSv1.3").close();
        }
    }

    private static HttpConfig tls(Path certificate, Path key, String... more) {
        return HttpConfigs.with(Stream.concat(
                        Stream.of("SLUICE_TLS_CERTIFICATE", certificate.toString(), "SLUICE_TLS_KEY", key.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void answersWithTls(String version) throws IOException {
        try (RunningServer server = new RunningServer(tls);
                RawClient client = client(server, version)) {
            Response first = client.send(head("GET", SESSIONS, asReader())).receive();
            Response second = client.send(
                            head("POST", SESSIONS, asWriter() + "Content-Length: 70000\r\nConnection: close\r\n")
                                    + "x".repeat(70_000))
                    .receive();

            assertThat(first.body()).isEqualTo("{\"base\":\"https://sluice.test\"}");
            assertThat(second.body()).isEqualTo("{\"length\":70000}");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1"})
    void refusesWhatIsNoLongerSafe(String version) throws IOException {
        try (RunningServer server = new RunningServer(tls);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            // The start of such a client's ClientHello: its version, with one cipher suite of its time.
            int minor = version.equals("TLSv1.1") ? 2 : 1;
            byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 4 + 2];
            hello[0] = 22;
            hello[1] = 3;
            hello[2] = 1;
            hello[4] = (byte) (hello.length - 5);
            hello[5] = 1;
            hello[8] = (byte) (hello.length - 9);
            hello[9] = 3;
            hello[10] = (byte) minor;
            hello[45] = 2;
            hello[46] = (byte) 0xC0;
            hello[47] = 0x09;
            hello[48] = 1;
            socket.getOutputStream().write(hello);

            byte[] alert = socket.getInputStream().readAllBytes();

            assertThat(alert).hasSize(7).startsWith(21);
            assertThat(alert[5]).as("fatal").isEqualTo((byte) 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"})
    void refusesCipherSuitesWithoutAuthenticatedEncryption(String suite) throws IOException {
        try (RunningServer server = new RunningServer(tls);
                SSLSocket socket = beforeItsHandshake(server, "TLSv1.2", certificate)) {
            socket.setEnabledCipherSuites(new String[] {suite});

            assertThatThrownBy(socket::startHandshake)
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("handshake_failure");
        }
    }

    @Test
    void refusesAnotherHandshakeOnAConnection() throws IOException {
        try (RunningServer server = new RunningServer(tls);
                SSLSocket socket = connect(server, "TLSv1.2", certificate)) {
            socket.startHandshake();

            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("handshake_failure");
        }
    }

    @Test
    void closesAConnectionThatSpeaksPlainHttp() throws IOException {
        try (RunningServer server = new RunningServer(tls);
                RawClient plain = server.client()) {
            plain.send(head("GET", SESSIONS, asReader()));

            assertThatThrownBy(plain::receive).isInstanceOf(IOException.class);
        }
    }

    @Test
    void closesAConnectionThatNeverShakesHands() throws IOException {
        try (RunningServer server = new RunningServer(withHeaderTimeout(Duration.ofMillis(500)));
                RawClient silent = server.client();
                RawClient halfway = server.client()) {
            halfway.send(new byte[] {22, 3, 1, 2, 0, 1});

            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(halfway.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatShakesHandsBitByBit() throws IOException {
        try (RunningServer server = new RunningServer(withHeaderTimeout(Duration.ofMillis(500)));
                Socket trickling = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            trickling.setSoTimeout(50);
            OutputStream out = trickling.getOutputStream();
            out.write(new byte[] {22, 3, 1, 2, 0});

            // The default timeout is longer.
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThatThrownBy(() -> out.write(1)).isInstanceOf(SocketException.class));
        }
    }

    @ConcurrentTest
    void closesConnectionsThatDoNotShakeHandsIfThereIsNoRoomForOthers() throws IOException {
        HttpConfig narrow = tls(
                certificate.certificate(),
                certificate.key(),
                "SLUICE_MAX_CONNECTIONS",
                "2",
                "SLUICE_HEADER_TIMEOUT",
                "5m");
        try (RunningServer server = new RunningServer(narrow);
                RawClient _ = server.client();
                RawClient _ = server.client();
                RawClient client = client(server, "TLSv1.3")) {
            assertThat(client.send(head("GET", SESSIONS, asReader())).receive().status())
                    .isEqualTo(200);
            assertThat(server.registry
                            .counter("sluice.http.connections.displaced")
                            .count())
                    .isPositive();
        }
    }

    @ConcurrentTest
    void closesAConnectionWithoutARequestOrItsHeadersAfterItsHandshake() throws IOException {
        try (RunningServer server = new RunningServer(withHeaderTimeout(LONG_ENOUGH_FOR_A_HANDSHAKE));
                RawClient idle = client(server, "TLSv1.3");
                RawClient headers = client(server, "TLSv1.3")) {
            headers.send("GET " + SESSIONS + " HTTP/1.1\r\nHost: a\r\n");

            assertThat(idle.isClosedByServer()).isTrue();
            assertThat(headers.isClosedByServer()).isTrue();
        }
    }

    @ConcurrentTest
    void boundsBodiesInTimeAndSize() throws IOException {
        try (RunningServer server = new RunningServer(tls(
                        certificate.certificate(),
                        certificate.key(),
                        "SLUICE_MAX_BODY",
                        "100000",
                        "SLUICE_BODY_TIMEOUT",
                        "700ms"));
                RawClient body = client(server, "TLSv1.3");
                RawClient overlong = client(server, "TLSv1.3")) {
            body.send(head("POST", SESSIONS, asWriter() + "Content-Length: 10\r\n") + "{");
            overlong.send(head("POST", SESSIONS, asWriter() + "Content-Length: 1000000\r\n"))
                    .send("x".repeat(1_000_000));

            assertThat(body.receive().status()).isEqualTo(408);
            assertThat(overlong.receive().status()).isEqualTo(413);
        }
    }

    @ConcurrentTest
    void showsTheNewCertificateToNewConnectionsAndKeepsTheOldOnes() throws IOException {
        Path shown = Files.copy(certificate.certificate(), folder.resolve("shown.pem"));
        Path key = Files.copy(certificate.key(), folder.resolve("shown.key"));
        TestCertificate next = TestCertificate.make(folder, "next");
        try (RunningServer server = new RunningServer(tls(shown, key));
                RawClient open = client(server, "TLSv1.3")) {
            assertThat(open.send(head("GET", SESSIONS, asReader())).receive().status())
                    .isEqualTo(200);

            Files.copy(next.key(), key, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(next.certificate(), shown, StandardCopyOption.REPLACE_EXISTING);

            await().ignoreExceptionsInstanceOf(SSLException.class).untilAsserted(() -> {
                try (SSLSocket socket = connect(server, "TLSv1.3", next)) {
                    assertThat(((X509Certificate) socket.getSession().getPeerCertificates()[0])
                                    .getSubjectX500Principal()
                                    .getName())
                            .isEqualTo("CN=next");
                }
            });
            assertThat(open.send(head("GET", SESSIONS, asReader())).receive().status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> client(server, "TLSv1.3")).isInstanceOf(SSLException.class);
        }
    }

    private static HttpConfig withHeaderTimeout(Duration headerTimeout) {
        return tls(
                certificate.certificate(), certificate.key(), "SLUICE_HEADER_TIMEOUT", headerTimeout.toMillis() + "ms");
    }

    private static RawClient client(RunningServer server, String version) throws IOException {
        return new RawClient(connect(server, version, certificate));
    }

    private static SSLSocket connect(RunningServer server, String version, TestCertificate trusted) throws IOException {
        SSLSocket socket = beforeItsHandshake(server, version, trusted);
        socket.startHandshake();
        return socket;
    }

    private static SSLSocket beforeItsHandshake(RunningServer server, String version, TestCertificate trusted)
            throws IOException {
        SSLSocket socket = (SSLSocket) trusted.trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.server.port());
        socket.setEnabledProtocols(new String[] {version});
        return socket;
    }
}
