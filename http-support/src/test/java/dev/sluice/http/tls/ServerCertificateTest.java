package dev.sluice.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import dev.sluice.test.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCertificateTest {

    private static final Duration OFTEN = Duration.ofMillis(20);

    @TempDir
    private static Path made;

    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void make() {
        first = TestCertificate.make(made, "first");
        second = TestCertificate.make(made, "second");
    }

    @Test
    void servesANewCertificateOnceItsKeyIsThereToo() throws Exception {
        TlsFiles files = installed(first);
        try (ServerCertificate certificate = ServerCertificate.load(files, OFTEN, Clock.systemUTC(), registry)) {
            ServingContext before = certificate.serving();

            replace(files.certificate(), second.certificate());
            await().untilAsserted(() -> assertThat(detail(certificate))
                    .endsWith("its files cannot be used: " + files.key()
                            + " is not the key of the first certificate in " + files.certificate()));
            assertThat(certificate.serving()).isSameAs(before);
            assertThat(gauge("sluice.http.certificate.refused")).isEqualTo(1);

            replace(files.key(), second.key());
            await().untilAsserted(() -> assertThat(certificate.serving()).isNotSameAs(before));
            await().untilAsserted(() ->
                    assertThat(gauge("sluice.http.certificate.refused")).isZero());
            assertThat(detail(certificate)).matches("the certificate expires on 20\\S+");

            replace(files.key(), first.key());
            await().untilAsserted(() -> assertThat(detail(certificate)).contains("is not the key"));
        }
    }

    @Test
    void goesOnWithTheOneFromBeforeWhileTheFilesAreGone() throws Exception {
        TlsFiles files = installed(first);
        try (ServerCertificate certificate = ServerCertificate.load(files, OFTEN, Clock.systemUTC(), registry)) {
            Files.delete(files.key());

            await().untilAsserted(() -> assertThat(detail(certificate)).contains(files.key() + " cannot be read"));
            assertThat(certificate.readiness().state().get().ready()).isTrue();

            Files.copy(first.key(), files.key());
            await().untilAsserted(() -> assertThat(detail(certificate)).doesNotContain("cannot be"));
        }
    }

    @Test
    void goesOnWithTheOneFromBeforeWhileAFileIsAPipeThatNobodyWritesInto() throws Exception {
        TlsFiles files = installed(first);
        try (ServerCertificate certificate = ServerCertificate.load(files, OFTEN, Clock.systemUTC(), registry)) {
            Files.delete(files.key());
            assertThat(new ProcessBuilder("mkfifo", files.key().toString())
                            .start()
                            .waitFor())
                    .isZero();

            await().untilAsserted(() -> assertThat(detail(certificate)).contains(files.key() + " is not a file"));

            Files.delete(files.key());
            Files.copy(first.key(), files.key());
            await().untilAsserted(() -> assertThat(detail(certificate)).doesNotContain("cannot be"));
        }
    }

    @Test
    void saysWhenItExpires() throws Exception {
        Instant later = Instant.now().plus(Duration.ofDays(10));
        try (ServerCertificate certificate =
                ServerCertificate.load(installed(first), OFTEN, Clock.fixed(later, ZoneOffset.UTC), registry)) {
            assertThat(detail(certificate)).startsWith("the certificate has expired, on ");
            assertThat(gauge("sluice.http.certificate.expiry"))
                    .isBetween((double) Instant.now().getEpochSecond(), (double) later.getEpochSecond());
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, -keysize, 2048", "EdDSA, -groupname, Ed25519"})
    void servesOtherKindsOfKeys(String algorithm, String option, String value) throws Exception {
        TestCertificate made = TestCertificate.make(folder, "other", List.of("-keyalg", algorithm, option, value));

        try (ServerCertificate certificate = ServerCertificate.load(
                new TlsFiles(made.certificate(), made.key()), OFTEN, Clock.systemUTC(), registry)) {
            assertThat(detail(certificate)).startsWith("the certificate expires on ");
        }
    }

    @Test
    void doesNotStartWithWhatCannotBeServed() throws Exception {
        TlsFiles files = installed(first);
        String key = Files.readString(first.key());

        assertRefused(new TlsFiles(first.certificate(), second.key()), "is not the key of the first certificate");
        assertRefused(new TlsFiles(first.key(), first.key()), "has no certificate: expected PEM");
        assertRefused(new TlsFiles(first.certificate(), first.certificate()), "has no key: expected one unencrypted");
        assertRefused(new TlsFiles(folder.resolve("none"), first.key()), "none cannot be read (there is no such file)");
        assertRefused(new TlsFiles(folder, first.key()), " is not a file: expected PEM");
        Files.writeString(files.key(), key.replace("PRIVATE", "ENCRYPTED PRIVATE"));
        assertRefused(files, "has ENCRYPTED PRIVATE KEY: expected one unencrypted key in PKCS #8");
        Files.writeString(files.key(), key.replace("\n", "\n!!!!"));
        assertRefused(files, "has a block PRIVATE KEY that is not Base64");
        Files.writeString(files.key(), key.replaceFirst("-----\n....", "-----\nAAAA"));
        assertRefused(files, "has no key of the certificate's kind, which is EC");
        Files.writeString(
                files.certificate(), Files.readString(first.certificate()) + Files.readString(second.certificate()));
        assertRefused(new TlsFiles(files.certificate(), first.key()), "did not issue the one before it");
        Files.write(files.certificate(), new byte[2 * 1024 * 1024]);
        assertRefused(files, "is longer than 1048576 bytes");
    }

    @Test
    void needsBothFiles() {
        assertThat(TlsFiles.of(new Environment(Map.of()))).isEmpty();
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> TlsFiles.of(new Environment(Map.of(TlsFiles.CERTIFICATE, "a.pem"))))
                .withMessage("SLUICE_TLS_KEY is \"\": expected a file, because SLUICE_TLS_CERTIFICATE is set:"
                        + " TLS needs a certificate and its key");
    }

    private void assertRefused(TlsFiles files, String why) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> ServerCertificate.load(files, OFTEN, Clock.systemUTC(), registry))
                .withMessageContaining(why);
    }

    private TlsFiles installed(TestCertificate certificate) throws IOException {
        TlsFiles files = new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        replace(files.certificate(), certificate.certificate());
        replace(files.key(), certificate.key());
        return files;
    }

    private static void replace(Path file, Path by) throws IOException {
        Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String detail(ServerCertificate certificate) {
        return certificate.readiness().state().get().detail();
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
