package dev.sluice.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A new self-signed certificate for this machine's loopback address. Its name and key are unique.
 *
 * @param store the key store with certificate and key, for the JVM and for Kafka
 * @param certificate the certificate in PEM, which is also what clients trust
 * @param key the key in PEM, PKCS #8
 */
public record TestCertificate(Path store, Path certificate, Path key) {

    /** The password of every store that is created here. */
    public static final String PASSWORD = "for-tests-only";

    private static final String ALIAS = "it";
    private static final int SECONDS = 60;

    /** Creates a certificate with the JDK's keytool. */
    public static TestCertificate make(Path folder, String name) {
        return make(folder, name, List.of("-keyalg", "EC", "-groupname", "secp256r1"));
    }

    /**
     * Creates a certificate.
     *
     * @param options additional options of {@code keytool -genkeypair}
     */
    public static TestCertificate make(Path folder, String name, List<String> options) {
        Path store = folder.resolve(name + ".p12");
        generate(store, name, options);
        try {
            KeyStore made = read(store);
            Certificate certificate = made.getCertificate(ALIAS);
            Key key = made.getKey(ALIAS, PASSWORD.toCharArray());
            return new TestCertificate(
                    store,
                    pem(folder.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded()),
                    pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate could be made in " + folder, e);
        }
    }

    /** For clients that trust only this certificate. */
    public SSLContext trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("what trusts " + certificate + " could not be made", e);
        }
    }

    /** For servers that present this certificate. */
    public SSLContext serving() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(read(store), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("what serves " + certificate + " could not be made", e);
        }
    }

    /** A trust store with only this certificate, for {@code javax.net.ssl.trustStore}. */
    public Path trustStoreFile() {
        Path file = store.resolveSibling(store.getFileName() + ".trust");
        try (var out = Files.newOutputStream(file)) {
            trustStore().store(out, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no trust store could be made of " + certificate, e);
        }
    }

    private KeyStore trustStore() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, read(store).getCertificate(ALIAS));
        return trusted;
    }

    private static void generate(Path store, String name, List<String> options) {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(
                keytool.toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-dname",
                "CN=" + name,
                "-validity",
                "2"));
        command.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(options);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("keytool made no certificate: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool made a certificate", e);
        }
    }

    private static KeyStore read(Path store) throws GeneralSecurityException, IOException {
        KeyStore read = KeyStore.getInstance("PKCS12");
        try (InputStream file = new ByteArrayInputStream(Files.readAllBytes(store))) {
            read.load(file, PASSWORD.toCharArray());
        }
        return read;
    }

    private static Path pem(Path file, String label, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }
}
