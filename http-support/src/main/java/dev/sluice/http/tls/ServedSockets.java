package dev.sluice.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Creates the server side of TLS on sockets that clients have opened. */
final class ServedSockets extends SSLSocketFactory {

    private final ServingContext serving;
    private final UnaryOperator<Socket> below;

    ServedSockets(ServingContext serving, UnaryOperator<Socket> below) {
        this.serving = serving;
        this.below = below;
    }

    /**
     * Ignores {@code close} and always closes the socket below: Helidon passes false, and then never closes
     * that socket.
     */
    @Override
    public Socket createSocket(Socket socket, @Nullable InputStream consumed, boolean close) throws IOException {
        SSLSocket served =
                (SSLSocket) serving.context().getSocketFactory().createSocket(below.apply(socket), consumed, true);
        served.setSSLParameters(serving.parameters());
        return served;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return serving.parameters().getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return getDefaultCipherSuites();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean close) {
        throw onlyServed();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw onlyServed();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw onlyServed();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw onlyServed();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw onlyServed();
    }

    private static UnsupportedOperationException onlyServed() {
        return new UnsupportedOperationException("only sockets that clients have opened are served");
    }
}
