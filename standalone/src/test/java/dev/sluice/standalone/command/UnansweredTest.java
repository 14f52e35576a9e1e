package dev.sluice.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class UnansweredTest {

    private static final URI ADDRESS = URI.create("https://sluice.example:8443/api/");

    @Test
    void saysWhatToDoForAnUntrustedCertificate() {
        IOException failure = new SSLHandshakeException("(certificate_unknown) no path");
        failure.initCause(new CertificateException("unable to find valid certification path"));

        assertThat(Unanswered.distrust(ADDRESS, failure))
                .hasValueSatisfying(said -> assertThat(said)
                        .startsWith("the certificate of sluice.example:8443 is not trusted (")
                        .contains("unable to find valid certification path"));
    }

    @Test
    void saysWhatIsMissingForATruststoreWithoutAPassword() {
        IOException failure = new SSLException(
                "(internal_error) Unhandled exception",
                new RuntimeException(
                        new InvalidAlgorithmParameterException("the trustAnchors parameter must be non-empty")));

        assertThat(Unanswered.distrust(ADDRESS, failure))
                .hasValueSatisfying(said -> assertThat(said).contains("trustStorePassword"));
    }

    @Test
    void givesTheInnermostCauseThatSaysSomething() {
        IOException refused = new ConnectException("Connection refused");
        refused.initCause(new ClosedChannelException());

        assertThat(Unanswered.distrust(ADDRESS, refused)).isEmpty();
        assertThat(Unanswered.reason(refused)).isEqualTo("Connection refused");
        assertThat(Unanswered.reason(new IOException("outer", new IOException("inner"))))
                .isEqualTo("inner");
    }

    @Test
    void saysWhatHasHappenedWhereNoCauseDoes() {
        IOException unresolved = new ConnectException();
        unresolved.initCause(new UnresolvedAddressException());

        assertThat(Unanswered.reason(unresolved)).isEqualTo("its host is unknown");
        assertThat(Unanswered.reason(new ConnectException())).isEqualTo("it cannot be connected to");
        assertThat(Unanswered.reason(new ClosedChannelException())).isEqualTo("the connection broke");
    }
}
