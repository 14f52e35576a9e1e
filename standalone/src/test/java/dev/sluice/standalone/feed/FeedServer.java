package dev.sluice.standalone.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/** Accepts feeds as the API describes, and fails on demand. A line is bad if it is {@code {}}. */
final class FeedServer implements AutoCloseable {

    private final Map<Long, String> stored = new TreeMap<>();
    private final Map<Long, Integer> received = new TreeMap<>();
    private final List<Integer> troubles = new ArrayList<>();
    private final Map<Integer, Runnable> before = new HashMap<>();
    private final HttpServer server;
    private String key = "";
    private int requests;
    private int most = Integer.MAX_VALUE;
    private int listed = 1_000;

    FeedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Runs something before the answer to a request, of which the first is 1. */
    synchronized void before(int request, Runnable what) {
        before.put(request, what);
    }

    /**
     * Sets the statuses of the next responses: 503 comes after half of the lines, 0 means no response after all of
     * them, 429 asks to wait half a minute, and 200 is the usual response.
     */
    synchronized void willAnswer(Integer... statuses) {
        troubles.addAll(List.of(statuses));
    }

    /** Sends no response to requests with more lines, like a server that a quota slows down. */
    synchronized void neverAnswersMoreThan(int lines) {
        most = lines;
    }

    /** Answers list no more bad lines. */
    synchronized void listsAtMost(int lines) {
        listed = lines;
    }

    /** The good lines, by their numbers. */
    synchronized Map<Long, String> stored() {
        return new TreeMap<>(stored);
    }

    /** How often the good line that came most often did. */
    synchronized int mostReceived() {
        return Collections.max(received.values());
    }

    /** The key of all requests. */
    synchronized String key() {
        return key;
    }

    synchronized int requests() {
        return requests;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        meanwhile().run();
        take(exchange);
    }

    private synchronized Runnable meanwhile() {
        requests++;
        return before.getOrDefault(requests, () -> {});
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        int trouble = troubles.isEmpty() ? 200 : troubles.removeFirst();
        List<String> lines = new String(exchange.getRequestBody().readAllBytes(), UTF_8)
                .lines()
                .toList();
        if (lines.size() > most) {
            return;
        }
        long first = Long.parseLong(exchange.getRequestURI().getQuery().replace("from_line=", ""));
        String sentKey = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (!key.isEmpty() && !key.equals(sentKey)) {
            stored.clear();
        }
        key = sentKey;
        switch (trouble) {
            case 200 -> send(exchange, 200, take(first, lines, ""));
            case 503 ->
                send(
                        exchange,
                        503,
                        take(first, lines.subList(0, lines.size() / 2), "\"detail\":\"It is away. Send it again.\","));
            case 0 -> {
                take(first, lines, "");
                exchange.close();
            }
            case 429 -> {
                exchange.getResponseHeaders().set("Retry-After", "30");
                send(exchange, 429, "{\"detail\":\"too much\"}");
            }
            default -> send(exchange, trouble, "{\"detail\":\"trouble\"}");
        }
    }

    private String take(long first, List<String> lines, String detail) {
        StringBuilder errors = new StringBuilder();
        int bad = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.equals("{}")) {
                stored.putIfAbsent(first + i, line);
                received.merge(first + i, 1, Integer::sum);
            } else if (++bad <= listed) {
                errors.append(errors.isEmpty() ? "" : ",")
                        .append("{\"line\":" + (first + i) + ",\"errors\":{\"detail\":\"bad\"}}");
            }
        }
        return "{" + detail + "\"accepted\":" + (lines.size() - bad)
                + ",\"rejected\":" + bad + ",\"durable_through\":" + (first + lines.size() - 1) + ",\"errors\":["
                + errors + "]}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }
}
