package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class StreamExchangesTest {

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
