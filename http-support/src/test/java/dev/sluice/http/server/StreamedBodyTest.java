package dev.sluice.http.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import java.io.EOFException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamedBodyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final DataReader connection = DataReader.create(() -> "text".getBytes(US_ASCII));

    /** The connection's thread ends after stopReading, and nothing else could release the reader. */
    @Test
    void endsForAReaderThatComesBackWhenTheConnectionWasTakenFromIt() throws Exception {
        StreamedBody body = new StreamedBody(connection, new NoAnswer(), OptionalLong.of(8), Long.MAX_VALUE, false);
        AtomicInteger drained = new AtomicInteger();
        assertThat(body.read()).isEqualTo('t');

        Thread taking = Thread.ofVirtual().start(() -> body.stopReading(PATIENCE, drained::incrementAndGet));
        assertThat(taking.join(PATIENCE)).isTrue();
        FutureTask<Integer> reading = new FutureTask<>(body::read);
        Thread.ofVirtual().start(reading);

        assertThat(drained).hasValue(1);
        assertThatThrownBy(() -> reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(EOFException.class);
    }
}
