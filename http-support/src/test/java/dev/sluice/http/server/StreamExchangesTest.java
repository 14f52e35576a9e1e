package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.http.api.StreamHandler;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StreamExchangesTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(StreamExchanges.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
    }

    @Test
    void cutsOffAnAnswerThatAnErrorEnds() throws IOException {
        logged.start();
        logger.addAppender(logged);
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

        try (RunningServer server = RunningServer.ofStreams(failing);
                RawClient client = server.client().send(head + "{}")) {
            assertThat(client.isClosedByServer()).isTrue();
        }

        assertThat(logged.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getThrowableProxy().getClassName())
                        .isEqualTo(UnsatisfiedLinkError.class.getName()));
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
