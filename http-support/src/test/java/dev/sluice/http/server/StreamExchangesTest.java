package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.StreamHandler;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.RawClient;
import io.helidon.webserver.ServerConnectionException;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StreamExchangesTest {

    @Test
    void takesMemoryOnTopOfWhatTheStreamHas() throws IOException {
        List<Double> taken = new ArrayList<>();
        CompletableFuture<RunningServer> running = new CompletableFuture<>();
        StreamHandler taking = request -> {
            Gauge bytes = running.join().registry.get("sluice.http.body.bytes").gauge();
            for (long more : new long[] {1024, 2048, -1024, -9999}) {
                if (more > 0) {
                    assertThat(request.takeMemory(more, Duration.ZERO)).isTrue();
                } else {
                    request.giveBackMemory(-more);
                }
                taken.add(bytes.value());
            }
            request.answer(Answer.empty(200));
        };

        try (RunningServer server = RunningServer.ofStreams(taking)) {
            running.complete(server);
            String ndjson = asWriter() + "Content-Type: application/x-ndjson\r\nContent-Length: 2\r\n";
            assertThat(server.call("POST", SESSIONS, ndjson, "{}").status()).isEqualTo(200);
        }
        assertThat(taken).containsExactly(1024.0, 3072.0, 2048.0, 0.0);
    }

    @Test
    void cutsOffAnAnswerThatAnErrorEnds() throws IOException {
        StreamHandler failing = request -> {
            try {
                request.answer(200, "application/x-ndjson").write('{');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new UnsatisfiedLinkError("secret");
        };
        String head =
                head("POST", SESSIONS, asWriter() + "Content-Type: application/x-ndjson\r\nContent-Length: 2\r\n");

        try (LoggedLines logged = new LoggedLines(StreamExchanges.class);
                RunningServer server = RunningServer.ofStreams(failing);
                RawClient client = server.client().send(head + "{}")) {
            assertThat(client.isClosedByServer()).isTrue();

            assertThat(logged.events())
                    .singleElement()
                    .satisfies(line -> assertThat(line.getThrowableProxy().getClassName())
                            .isEqualTo(UnsatisfiedLinkError.class.getName()));
        }
    }

    @Test
    void tellAClientThatHasLeftFromAFaultOfOurs() {
        SocketException reset = new SocketException("Connection reset");

        assertThat(StreamExchanges.isConnectionsEnd(new ServerConnectionException("Failed to write", reset)))
                .isTrue();
        assertThat(StreamExchanges.isConnectionsEnd(new UncheckedIOException(reset)))
                .isTrue();
        assertThat(StreamExchanges.isConnectionsEnd(new UncheckedIOException(new IOException("disk"))))
                .isFalse();
        assertThat(StreamExchanges.isConnectionsEnd(new IllegalStateException("ours")))
                .isFalse();
    }
}
