package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

    private final WritableHeaders<?> headers = WritableHeaders.create();

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "' 5 ', 5", "999999999999999999, 999999999999999999"})
    void isALength(String value, long length) {
        headers.add(HeaderNames.CONTENT_LENGTH, value);

        assertThat(Framing.of(headers)).isEqualTo(new Framing.Declared(length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+5", "-5", "5,5", "5 5", "0x5", "5.", "\u0665", "1234567890123456789"})
    void isNoLengthThatOthersMayReadDifferently(String value) {
        headers.add(HeaderNames.CONTENT_LENGTH, value);

        refuses(Status.BAD_REQUEST_400);
    }

    @Test
    void isNotGivenTwice() {
        headers.add(HeaderNames.CONTENT_LENGTH, "5", "5");

        refuses(Status.BAD_REQUEST_400);
    }

    @Test
    void isNoLengthBesidesChunks() {
        headers.add(HeaderNames.CONTENT_LENGTH, "5").add(HeaderNames.TRANSFER_ENCODING, "chunked");

        refuses(Status.BAD_REQUEST_400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", " chunked "})
    void isChunked(String value) {
        headers.add(HeaderNames.TRANSFER_ENCODING, value);

        assertThat(Framing.of(headers)).isEqualTo(new Framing.Chunked());
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "gzip, 400", "'chunked, gzip', 400", "xchunked, 400", "'gzip, chunked', 501"})
    void isNoOtherEncoding(String value, int status) {
        headers.add(HeaderNames.TRANSFER_ENCODING, value);

        refuses(Status.create(status));
    }

    @Test
    void isUnclearBesidesAHeaderWithoutAName() {
        headers.add(Framing.NO_NAME, "x");

        refuses(Status.BAD_REQUEST_400);
    }

    @Test
    void isNoneWithoutBoth() {
        assertThat(Framing.of(headers)).isEqualTo(new Framing.None());
    }

    private void refuses(Status status) {
        assertThatExceptionOfType(RequestException.class)
                .isThrownBy(() -> Framing.of(headers))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(status);
                    assertThat(refused.keepAlive()).isFalse();
                });
    }
}
