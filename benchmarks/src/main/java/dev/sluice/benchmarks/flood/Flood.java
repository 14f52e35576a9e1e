package dev.sluice.benchmarks.flood;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One that asks for as much as it can get: a feed without an end, and POSTs in parallel, each sent as soon as the one before was answered. */
final class Flood implements AutoCloseable {

    private static final Pattern ACCEPTED = Pattern.compile("\"accepted\":(\\d+)");
    private static final Duration FEED_WITHIN = Duration.ofMinutes(1);
    private static final byte[] LINES = (Caller.SESSION + "\n").repeat(100).getBytes(StandardCharsets.UTF_8);

    private final Caller caller;
    private final URI sessions;
    private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final LongAdder lines = new LongAdder();
    private volatile boolean over;

    private Flood(Caller caller, URI sessions) {
        this.caller = caller;
        this.sessions = sessions;
    }

    static Flood start(Caller caller, URI sessions, int parallel) {
        Flood flood = new Flood(caller, sessions);
        flood.sending.execute(flood::feed);
        for (int i = 0; i < parallel; i++) {
            flood.sending.execute(flood::posts);
        }
        return flood;
    }

    /** Ends it, and waits for what is under way. */
    @Override
    public void close() {
        over = true;
        sending.close();
    }

    @Override
    public String toString() {
        return "POSTs by status " + new TreeMap<>(answers) + ", lines of the feed accepted: " + lines;
    }

    private void posts() {
        while (!over) {
            try {
                count(caller.post(sessions).statusCode());
            } catch (IOException _) {
                count(0);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void feed() {
        try {
            HttpResponse<String> answer = caller.feed(sessions, BodyPublishers.ofByteArrays(Endless::new), FEED_WITHIN);
            Matcher accepted = ACCEPTED.matcher(answer.body());
            if (accepted.find()) {
                lines.add(Long.parseLong(accepted.group(1)));
            }
        } catch (IOException _) {
            count(0);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(int status) {
        answers.computeIfAbsent(status, _ -> new LongAdder()).increment();
    }

    /** The same lines over and over, until the flood is over. */
    private final class Endless implements Iterator<byte[]> {

        @Override
        public boolean hasNext() {
            return !over;
        }

        @Override
        public byte[] next() {
            return LINES;
        }
    }
}
