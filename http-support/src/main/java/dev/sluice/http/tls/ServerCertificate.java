package dev.sluice.http.tls;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.service.failure.FatalErrors;
import dev.sluice.service.settings.SettingException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that new connections are served with. Its files are checked every few seconds: a new certificate
 * and key take effect once both are present and belong together, open connections keep the previous certificate, and
 * unusable files change nothing except what readiness and metrics report.
 */
public final class ServerCertificate implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final TlsFiles files;
    private final Duration lookEvery;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("http-certificate").unstarted(this::watch);
    private PemFile certificates;
    private PemFile key;
    private volatile Served served;
    private volatile @Nullable String refusal;

    private record Served(ServerIdentity identity, ServingContext serving) {}

    private ServerCertificate(TlsFiles files, Duration lookEvery, Clock clock) throws UnfitCertificateException {
        this.files = files;
        this.lookEvery = lookEvery;
        this.clock = clock;
        this.certificates = PemFile.read(files.certificate());
        this.key = PemFile.read(files.key());
        this.served = served(ServerIdentity.of(certificates, key));
    }

    /** Follows the certificate's files until closed; throws {@link SettingException} if they cannot be used now. */
    public static ServerCertificate load(TlsFiles files, MeterRegistry registry) {
        return load(files, LOOK_EVERY, Clock.systemUTC(), registry);
    }

    static ServerCertificate load(TlsFiles files, Duration lookEvery, Clock clock, MeterRegistry registry) {
        try {
            ServerCertificate certificate = new ServerCertificate(files, lookEvery, clock);
            certificate.bindTo(registry);
            LOG.info("TLS: {}", certificate.state().detail());
            certificate.thread.start();
            return certificate;
        } catch (UnfitCertificateException e) {
            throw new SettingException(
                    TlsFiles.CERTIFICATE + " with " + TlsFiles.KEY,
                    files.certificate() + "\" with \"" + files.key(),
                    "a certificate and its key, but " + e.getMessage());
        }
    }

    ServingContext serving() {
        return served.serving();
    }

    /** Always ready, since a certificate can be served; reports when it expires, and whether newer files cannot be used. */
    public ReadinessCheck readiness() {
        return new ReadinessCheck("http-certificate", this::state);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private ReadinessCheck.State state() {
        Instant expiry = served.identity().expiry();
        String until = expiry.isBefore(clock.instant())
                ? "the certificate has expired, on " + expiry
                : "the certificate expires on " + expiry;
        String unfit = refusal;
        return new ReadinessCheck.State(true, unfit == null ? until : until + "; its files cannot be used: " + unfit);
    }

    private void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "sluice.http.certificate.expiry",
                        () -> served.identity().expiry().getEpochSecond())
                .baseUnit("seconds")
                .description("When the certificate that is served expires, in seconds since 1970")
                .register(registry);
        Gauge.builder("sluice.http.certificate.refused", () -> refusal == null ? 0 : 1)
                .description("1 while the certificate's files cannot be used, and the one from before is served")
                .register(registry);
    }

    private void watch() {
        try {
            while (!closed.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /** Compares the files' contents, not their times: switching a symbolic link, as Kubernetes does, may keep the times. */
    private void look() {
        try {
            PemFile newCertificates = PemFile.read(files.certificate());
            PemFile newKey = PemFile.read(files.key());
            boolean isNew = !newCertificates.equals(certificates) || !newKey.equals(key);
            if (isNew) {
                served = served(ServerIdentity.of(newCertificates, newKey));
                certificates = newCertificates;
                key = newKey;
            }
            boolean isWellAgain = refusal != null;
            refusal = null;
            if (isNew || isWellAgain) {
                LOG.info("TLS: {}", state().detail());
            }
        } catch (UnfitCertificateException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            refuse(e.toString());
        }
    }

    private void refuse(String why) {
        if (!why.equals(refusal)) {
            refusal = why;
            LOG.error("TLS: {}", state().detail());
        }
    }

    private static Served served(ServerIdentity identity) throws UnfitCertificateException {
        return new Served(identity, ServingContext.of(identity));
    }
}
