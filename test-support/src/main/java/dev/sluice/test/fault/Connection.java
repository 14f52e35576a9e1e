package dev.sluice.test.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One client's connection through a proxy, with a thread for each direction. */
final class Connection {

    private final Socket client;
    private final Socket server;
    private final Protocol protocol;
    private final Hooks hooks;
    private final Flow requestFlow;
    private final Flow answerFlow;
    private final Consumer<Connection> onEnd;
    private final Map<Integer, Message> unanswered = new ConcurrentHashMap<>();
    private final ReentrantLock toClient = new ReentrantLock();

    Connection(
            Socket client,
            Socket server,
            Protocol protocol,
            Hooks hooks,
            Flow requestFlow,
            Flow answerFlow,
            Consumer<Connection> onEnd) {
        this.client = client;
        this.server = server;
        this.protocol = protocol;
        this.hooks = hooks;
        this.requestFlow = requestFlow;
        this.answerFlow = answerFlow;
        this.onEnd = onEnd;
    }

    void start() {
        Thread.ofVirtual().name("fault-proxy-requests").start(() -> pump(this::passRequests));
        Thread.ofVirtual().name("fault-proxy-answers").start(() -> pump(this::passAnswers));
    }

    /** Resets the connection on both sides. */
    void cut() {
        reset(client);
        reset(server);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // Closed already, which is the goal.
        }
        close(socket);
    }

    @FunctionalInterface
    private interface Passing {

        void run() throws IOException, InterruptedException;
    }

    private void pump(Passing passing) {
        try {
            passing.run();
            close(client);
            close(server);
        } catch (IOException _) {
            // Whichever side has disconnected, show it to the other one.
            cut();
        } catch (InterruptedException _) {
            cut();
            Thread.currentThread().interrupt();
        } finally {
            onEnd.accept(this);
        }
    }

    private void passRequests() throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = server.getOutputStream();
        for (byte[] bytes = protocol.read(in); bytes != null; bytes = protocol.read(in)) {
            Message request = protocol.request(bytes);
            if (request == null) {
                requestFlow.write(out, bytes, 0, bytes.length);
            } else if (goesOn(hooks.at(Moment.BEFORE, request))) {
                unanswered.put(request.id(), request);
                requestFlow.write(out, bytes, 0, bytes.length / 2);
                if (goesOn(hooks.at(Moment.HALFWAY, request))) {
                    requestFlow.write(out, bytes, bytes.length / 2, bytes.length);
                }
            }
        }
    }

    private void passAnswers() throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(server.getInputStream());
        for (byte[] bytes = protocol.read(in); bytes != null; bytes = protocol.read(in)) {
            Message request = unanswered.remove(protocol.answered(bytes));
            if (request == null) {
                answer(bytes);
            } else {
                byte[] answer = protocol.forClient(request, bytes);
                if (goesOn(hooks.at(Moment.ANSWERED, request.with(answer)))) {
                    answer(answer);
                }
            }
        }
    }

    private boolean goesOn(Then then) throws IOException, InterruptedException {
        return switch (then) {
            case Then.Pass _ -> true;
            case Then.Cut _ -> throw new Flow.CutException();
            case Then.Answer(byte[] bytes) -> {
                answer(bytes);
                yield false;
            }
        };
    }

    private void answer(byte[] bytes) throws IOException, InterruptedException {
        toClient.lock();
        try {
            answerFlow.write(client.getOutputStream(), bytes, 0, bytes.length);
        } finally {
            toClient.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing else to do for it.
        }
    }
}
