package dev.sluice.test.fault;

import dev.sluice.test.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/**
 * A proxy between clients and a server on loopback that injects faults: it refuses, cuts, delays, throttles and pauses
 * connections, and, for protocols that it knows, acts on a particular message. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final int CONNECT_MILLIS = 5_000;
    private static final int BACKLOG = 200;

    private final ServerSocket door;
    private final Protocol protocol;
    private final Hooks hooks;
    private final Flow requestFlow = new Flow();
    private final Flow answerFlow = new Flow();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final String host;
    private final int port;
    private volatile boolean refusing;

    private FaultProxy(ServerSocket door, String host, int port, Protocol protocol, Hooks hooks) {
        this.host = host;
        this.port = port;
        this.protocol = protocol;
        this.hooks = hooks;
        this.door = door;
    }

    /** A proxy for any server. It does not recognize messages, so there are no hooks. */
    public static FaultProxy of(String host, int port) {
        return start(host, port, new Bytes(), new Hooks());
    }

    /** A proxy that speaks TLS with clients, for a server on loopback that does not. */
    public static FaultProxy ofTls(TestCertificate certificate, int port) {
        return start(certificate.serving().getServerSocketFactory(), HOST, port, new Bytes(), new Hooks());
    }

    /** A proxy for a MongoDB server that is not in a replica set, or that clients connect to directly. */
    public static FaultProxy ofMongo(String host, int port) {
        return start(host, port, new MongoProtocol(), new Hooks());
    }

    static FaultProxy start(String host, int port, Protocol protocol, Hooks hooks) {
        return start(ServerSocketFactory.getDefault(), host, port, protocol, hooks);
    }

    private static FaultProxy start(ServerSocketFactory doors, String host, int port, Protocol protocol, Hooks hooks) {
        try {
            ServerSocket door = doors.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            FaultProxy proxy = new FaultProxy(door, host, port, protocol, hooks);
            Thread.ofVirtual().name("fault-proxy-" + proxy.port()).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address for clients, as {@code 127.0.0.1:port}. */
    public String address() {
        return HOST + ":" + port();
    }

    public int port() {
        return door.getLocalPort();
    }

    public Hooks hooks() {
        return hooks;
    }

    /** Resets all connections, and each new one immediately. */
    public void refuse() {
        refusing = true;
        cut();
    }

    public void cut() {
        connections.forEach(Connection::cut);
    }

    /**
     * Lets this many more bytes through in one direction. After that, every connection that sends more is reset, even
     * in the middle of a message.
     */
    public void cutAfter(Direction direction, long bytes) {
        flow(direction).cutAfter(bytes);
    }

    /** Delays each message, one after another on each connection. */
    public void delay(Direction direction, Duration each) {
        flow(direction).delay(each);
    }

    /** Limits the throughput of each connection. */
    public void throttle(Direction direction, long bytesPerSecond) {
        flow(direction).throttle(bytesPerSecond);
    }

    /** Stops forwarding, while connections stay open. */
    public void pause(Direction direction) {
        flow(direction).pause();
    }

    /** Ends all faults and resumes what was paused. Hooks stay. */
    public void restore() {
        refusing = false;
        requestFlow.clear();
        answerFlow.clear();
    }

    public int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            refuse();
            requestFlow.clear();
            answerFlow.clear();
        }
    }

    private Flow flow(Direction direction) {
        return switch (direction) {
            case REQUESTS -> requestFlow;
            case ANSWERS -> answerFlow;
        };
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                // The proxy is closed, or the client has disconnected already.
            }
        }
    }

    private void connect(Socket client) {
        if (refusing) {
            Connection.reset(client);
            return;
        }
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException _) {
            Connection.reset(client);
            Connection.reset(server);
            return;
        }
        open(client, server);
    }

    private void open(Socket client, Socket server) {
        Connection connection =
                new Connection(client, server, protocol, hooks, requestFlow, answerFlow, connections::remove);
        connections.add(connection);
        connection.start();
        if (refusing) {
            connection.cut();
        }
    }
}
