package dev.sluice.http.server;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.http.tls.FollowingContext;
import dev.sluice.http.tls.ServerCertificate;
import dev.sluice.http.tls.TlsFiles;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The layer below HTTP: TLS with a certificate, or none. */
final class Transport implements AutoCloseable {

    private static final Duration WRITE_TIME = Duration.ofSeconds(30);

    private final @Nullable ServerCertificate certificate;

    Transport(@Nullable ServerCertificate certificate) {
        this.certificate = certificate;
    }

    static Transport of(@Nullable TlsFiles files, MeterRegistry registry) {
        return new Transport(files == null ? null : ServerCertificate.load(files, registry));
    }

    /**
     * Makes the server use TLS if there is a certificate. Helidon's TLS over channels first resolves each client's
     * name, on a thread that other clients' requests need too; its TLS over sockets does not.
     */
    void configure(WebServerConfig.BuilderBase<?, ?> server, ConnectionGuard connections, Deadlines deadlines) {
        if (certificate != null) {
            server.useNio(false)
                    .tls(Tls.builder()
                            .sslContext(FollowingContext.of(certificate, socket -> {
                                connections.opened();
                                return new TimedSocket(socket, deadlines, WRITE_TIME);
                            }))
                            .build());
        }
    }

    Optional<ReadinessCheck> readiness() {
        return Optional.ofNullable(certificate).map(ServerCertificate::readiness);
    }

    @Override
    public void close() {
        if (certificate != null) {
            certificate.close();
        }
    }

    @Override
    public String toString() {
        return certificate == null ? "plain HTTP" : "TLS";
    }
}
