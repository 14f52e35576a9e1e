package dev.sluice.endtoend.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that sends exactly the given bytes. */
final class RawConnection implements AutoCloseable {

    private static final int ANSWERS_WITHIN_MILLIS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

    private final Socket socket;
    private final InputStream input;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
        input = new BufferedInputStream(socket.getInputStream());
    }

    /** A response as received. */
    record Answer(int status, String head, String body) {

        /** A header's value; empty if absent. */
        String header(String name) {
            String prefix = name + ":";
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends as much as the server accepts: it may respond and close the connection before the end. */
    RawConnection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException _) {
            // Its response can still be read.
        }
        return this;
    }

    RawConnection send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a little more; returns false once there is a response or the server has closed the connection. */
    boolean trickle(String text) throws IOException {
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

    /** Reads the next response. */
    Answer receive() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the connection ended after \"" + head.toString(StandardCharsets.UTF_8) + "\"");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text.toLowerCase(Locale.ROOT));
        byte[] body = length.find() ? input.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return new Answer(Integer.parseInt(text.substring(9, 12)), text, new String(body, StandardCharsets.UTF_8));
    }

    /** Closes this side of the connection and reads until the server closes the other. */
    String rest() throws IOException {
        try {
            socket.shutdownOutput();
            return untilClosed();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException _) {
            // The connection was reset, which closes it as well.
            return "";
        }
    }

    /** Reads until the server closes the connection on its own. */
    String untilClosed() throws IOException {
        return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
