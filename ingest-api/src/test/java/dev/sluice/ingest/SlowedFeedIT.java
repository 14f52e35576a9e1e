package dev.sluice.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.quota.Quotas;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Feeds of a token limited to one session a second, on a server that waits half a second for a client. */
class SlowedFeedIT {

    private static final Pattern SLOWED =
            Pattern.compile("^sluice_ingest_feeds_slowed_seconds_total (\\S+)$", Pattern.MULTILINE);

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(
            SlowedFeedIT.class,
            config -> config,
            RunningIngest.http("500ms").withQuotas(new Quotas(0, 1, 0, Duration.ofSeconds(1))));

    @Test
    void isTakenAsAWholeAndNotRefusedNorTakenForStalled() throws Exception {
        HttpResponse<String> answer = feed(3);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"accepted\":3,").contains("\"durable_through\":3,");
        assertThat(secondsSlowed()).isPositive();
    }

    @Test
    void endsWithTheServerAndSaysHowFarItCame() throws Exception {
        FutureTask<HttpResponse<String>> feeding = inBackground(() -> feed(1_000));
        await().until(() -> metrics().contains("lines_total{result=\"accepted\"} 1.0"));

        under.server().close();

        HttpResponse<String> answer = feeding.get(30, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The server is stopping").contains("\"rejected\":0,");
    }

    private HttpResponse<String> feed(int lines) throws Exception {
        String feed = "{\"analysis_ref\":\"slow\",\"analysis_type\":\"veracode\"}\n".repeat(lines);
        return under.feed("", feed.getBytes(UTF_8));
    }

    private double secondsSlowed() throws Exception {
        Matcher slowed = SLOWED.matcher(metrics());
        assertThat(slowed.find()).isTrue();
        return Double.parseDouble(slowed.group(1));
    }

    private String metrics() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(under.server().uri("/observe/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static <T> FutureTask<T> inBackground(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofVirtual().start(future);
        return future;
    }
}
