package dev.sluice.http.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * The TLS configuration for one certificate: versions 1.3 and 1.2, with forward secrecy and authenticated encryption,
 * in our order of preference. Clients present no certificates.
 */
record ServingContext(SSLContext context, SSLParameters parameters) {

    private static final String RENEGOTIATION_REFUSED = "jdk.tls.rejectClientInitiatedRenegotiation";
    private static final char[] NO_PASSWORD = {};

    static ServingContext of(ServerIdentity identity) throws UnfitCertificateException {
        // With TLS 1.2 a client may request one handshake after another on a connection, each of which costs us some
        // milliseconds and the client next to nothing. The JDK reads this property when the first handshake begins.
        if (System.getProperty(RENEGOTIATION_REFUSED) == null) {
            System.setProperty(RENEGOTIATION_REFUSED, "true");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry(
                    "server", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            // With null it would load the JVM's CA certificates, which serve no purpose here.
            context.init(keys.getKeyManagers(), new TrustManager[0], null);
            return new ServingContext(context, parameters(context));
        } catch (GeneralSecurityException | IOException e) {
            throw new UnfitCertificateException("the JVM cannot use them (" + e.getMessage() + ")");
        }
    }

    private static SSLParameters parameters(SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(ServingContext::isStrong)
                .toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    private static boolean isStrong(String suite) {
        return suite.startsWith("TLS_AES_")
                || suite.startsWith("TLS_CHACHA20_")
                || (suite.startsWith("TLS_ECDHE_") && (suite.contains("_GCM_") || suite.contains("_CHACHA20_")));
    }
}
