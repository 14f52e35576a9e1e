package dev.sluice.test.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between clients and a server on loopback, and does to their connections what a test wants: refuses, cuts, delays, throttles and
 * pauses them, and with a protocol that it knows does something at the very message that a test names. For many threads.
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
    private volatile String host;
    private volatile int port;
    private volatile boolean refusing;

    private FaultProxy(String host, int port, Protocol protocol, Hooks hooks) throws IOException {
        this.host = host;
        this.port = port;
        this.protocol = protocol;
        this.hooks = hooks;
        this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    /** In front of any server. There are no messages, and so no hooks. */
    public static FaultProxy of(String host, int port) {
        return start(host, port, new Bytes(), new Hooks());
    }

    /** In front of a MongoDB server that is no member of a replica set, or whose clients connect to directly. */
    public static FaultProxy ofMongo(String host, int port) {
        return start(host, port, new MongoProtocol(), new Hooks());
    }

    static FaultProxy start(String host, int port, Protocol protocol, Hooks hooks) {
        try {
            FaultProxy proxy = new FaultProxy(host, port, protocol, hooks);
            Thread.ofVirtual().name("fault-proxy-" + proxy.port()).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect, as {@code 127.0.0.1:port}. */
    public String address() {
        return HOST + ":" + port();
    }

    /** The loopback port where clients connect. */
    public int port() {
        return door.getLocalPort();
    }

    /** What happens to messages. */
    public Hooks hooks() {
        return hooks;
    }

    /** New connections go to another server. */
    public void redirect(String toHost, int toPort) {
        host = toHost;
        port = toPort;
    }

    /** Resets every connection, and each new one as soon as it is made. */
    public void refuse() {
        refusing = true;
        cut();
    }

    /** Resets every connection there is. */
    public void cut() {
        connections.forEach(Connection::cut);
    }

    /** Lets this many more bytes through in one direction; after that, every connection that sends more is reset, even in the middle of a message. */
    public void cutAfter(Direction direction, long bytes) {
        flow(direction).cutAfter(bytes);
    }

    /** Each message is so late, one after the other on each connection. */
    public void delay(Direction direction, Duration each) {
        flow(direction).delay(each);
    }

    /** Each connection gets so many bytes through in a second. */
    public void throttle(Direction direction, long bytesPerSecond) {
        flow(direction).throttle(bytesPerSecond);
    }

    /** Nothing gets on, and nobody is told. */
    public void pause(Direction direction) {
        flow(direction).pause();
    }

    /** Everything gets on again, and what was paused goes on. Hooks stay. */
    public void restore() {
        refusing = false;
        requestFlow.clear();
        answerFlow.clear();
    }

    /** How many connections there are. */
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
                // The door is closed, or the client has given up already.
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
