package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.api.StreamHandler;
import dev.sluice.test.LoggedLines;
import dev.sluice.test.RawClient;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class StreamExchangesTest {

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
