package dev.sluice.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A client that sends exactly the bytes it is given, which well-behaved clients cannot do. */
public final class RawClient implements AutoCloseable {

    private static final int ANSWERED_WITHIN_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream input;

    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Uses an open connection. */
    public RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(ANSWERED_WITHIN_MILLIS);
        input = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * A response.
     *
     * @param head its status line and headers as they came
     */
    public record Response(int status, String head, String body) {

        /** A header's first value; empty if absent. */
        public String header(String name) {
            return headers()
                    .getOrDefault(name.toLowerCase(Locale.ROOT), List.of(""))
                    .getFirst();
        }

        /** By the names in lower case. */
        public Map<String, List<String>> headers() {
            return head.lines()
                    .skip(1)
                    .map(line -> line.split(":", 2))
                    .collect(Collectors.groupingBy(
                            header -> header[0].toLowerCase(Locale.ROOT),
                            Collectors.mapping(header -> header[1].strip(), Collectors.toList())));
        }
    }

    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends as much as the server takes: it may answer and close the connection before the end. */
    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // The answer can still be received.
        }
        return this;
    }

    /** Sends a little more; returns false once there is an answer or the server has closed the connection. */
    public boolean trickle(String text) throws IOException {
        if (input.available() > 0) {
            return false;
        }
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Ends the client's side of the connection. */
    public RawClient sendNoMore() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Receives the next response, with a body of its Content-Length. */
    public Response receive() throws IOException {
        return receive(true);
    }

    /** Receives the next response. */
    public Response receive(boolean withBody) throws IOException {
        String head = head();
        if (!head.startsWith("HTTP/1.1 ")) {
            throw new IOException("no answer but \"" + head + "\"");
        }
        Response response = new Response(Integer.parseInt(head.substring(9, 12)), head, "");
        String length = withBody ? response.header("content-length") : "";
        return length.isEmpty()
                ? response
                : new Response(
                        response.status(),
                        head,
                        new String(input.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8));
    }

    /** Returns whether the server has closed the connection without sending anything more. */
    public boolean isClosedByServer() throws IOException {
        return input.read() < 0;
    }

    /** Ends the client's side and returns what still comes until the server closes the connection, or resets it. */
    public String rest() throws IOException {
        try {
            sendNoMore();
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The lines up to an empty one. */
    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int c = input.read(); c >= 0; c = input.read()) {
            head.write(c);
            if (c == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
        }
        throw new IOException("the connection ended after \"" + head.toString(StandardCharsets.ISO_8859_1) + "\"");
    }
}
