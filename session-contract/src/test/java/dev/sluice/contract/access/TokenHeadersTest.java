package dev.sluice.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TokenHeadersTest {

    @Test
    void showsWhoDidItWithoutWhatCouldForgeALine() {
        assertThat(TokenHeaders.by(TokenHeaders.by("Zoë O'Neil"))).contains("Zoë O'Neil");
        assertThat(TokenHeaders.by(TokenHeaders.by("a\r\nb\u001b\u2028"))).contains("a??b??");
        assertThat(TokenHeaders.by(TokenHeaders.by("x".repeat(1000))).orElseThrow())
                .hasSize(100);
        assertThat(TokenHeaders.by(new RecordHeaders())).isEmpty();
        assertThat(TokenHeaders.by(new RecordHeaders().add(TokenHeaders.BY, null)))
                .isEmpty();
    }
}
