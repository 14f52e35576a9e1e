package dev.sluice.benchmarks.feed;

import dev.sluice.benchmarks.process.Said;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Feeds sessions over several concurrent feeds and reports how long it took until the last was answered. Arguments:
 * server, token, session size, first project, number of concurrent feeds, total number of sessions, and number of
 * warm-up sessions.
 */
final class FeedMain {

    private static final int LINES_PREPARED = 2_000;
    private static final int BUFFER = 64 * 1024;
    private static final Pattern ACCEPTED = Pattern.compile("\"accepted\": ?(\\d+)");

    private final String server;
    private final String token;
    private final SessionSize size;
    private final long firstProject;
    private final int feeds;

    private FeedMain(String[] arguments) {
        this.server = arguments[0];
        this.token = arguments[1];
        this.size = SessionSize.of(arguments[2]);
        this.firstProject = Long.parseLong(arguments[3]);
        this.feeds = Integer.parseInt(arguments[4]);
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        FeedMain main = new FeedMain(arguments);
        main.feed(Integer.parseInt(arguments[6]));
        Said.say("measuring", Map.of());
        long begin = System.nanoTime();
        long accepted = main.feed(Integer.parseInt(arguments[5]));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Said.say("measured", Map.of("accepted", (double) accepted, "seconds", seconds));
        // Stays alive, because the parent reads the process's CPU time from the operating system.
        Thread.currentThread().join();
    }

    private long feed(int sessions) throws InterruptedException, ExecutionException {
        List<Callable<Long>> all = new ArrayList<>();
        for (int feed = 0; feed < feeds; feed++) {
            long project = firstProject + feed;
            byte[] lines = lines(project);
            all.add(() -> feed(project, lines, sessions / feeds));
        }
        long accepted = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> one : threads.invokeAll(all)) {
                accepted += one.get();
            }
        }
        return accepted;
    }

    private byte[] lines(long project) {
        Workload workload = new Workload(size, Workload.SEED + project);
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < LINES_PREPARED; i++) {
            lines.writeBytes(workload.nextOf(project).body());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** Sends the prepared lines repeatedly. */
    private long feed(long project, byte[] lines, int sessions) throws IOException {
        if (sessions == 0) {
            return 0;
        }
        int times = Math.max(1, sessions / LINES_PREPARED);
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER)) {
            String head = "POST /api/v2/projects/" + project + "/analysis-sessions/ HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: Token " + token
                    + "\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n"
                    + "Content-Length: " + (long) lines.length * times + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < times; i++) {
                out.write(lines);
            }
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher accepted = ACCEPTED.matcher(answer);
            if (!accepted.find() || Long.parseLong(accepted.group(1)) != (long) LINES_PREPARED * times) {
                throw new IOException("a feed of " + LINES_PREPARED * times + " sessions was answered: " + answer);
            }
            return Long.parseLong(accepted.group(1));
        }
    }
}
