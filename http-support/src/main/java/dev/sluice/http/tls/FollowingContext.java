package dev.sluice.http.tls;

import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * An SSL context that delegates to the current certificate's context on each use. The web server holds it while
 * certificates are replaced.
 */
public final class FollowingContext extends SSLContext {

    private FollowingContext(Delegation delegation, SSLContext first) {
        super(delegation, first.getProvider(), first.getProtocol());
    }

    /**
     * A context that follows a server's certificate.
     *
     * @param socket receives the socket below TLS on the thread that will serve it, just before the handshake, and
     *     returns the one to use
     */
    public static SSLContext of(ServerCertificate certificate, UnaryOperator<Socket> socket) {
        return new FollowingContext(
                new Delegation(certificate::serving, socket),
                certificate.serving().context());
    }

    private static final class Delegation extends SSLContextSpi {

        private final Supplier<ServingContext> current;
        private final UnaryOperator<Socket> socket;

        private Delegation(Supplier<ServingContext> current, UnaryOperator<Socket> socket) {
            this.current = current;
            this.socket = socket;
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new ServedSockets(current.get(), socket);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            ServingContext serving = current.get();
            SSLEngine engine = serving.context().createSSLEngine();
            engine.setSSLParameters(serving.parameters());
            return engine;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engineCreateSSLEngine();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.get().context().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.get().context().getClientSessionContext();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current.get().context().getServerSocketFactory();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is initialized already");
        }
    }
}
