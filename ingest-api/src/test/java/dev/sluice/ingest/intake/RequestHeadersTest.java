package dev.sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.topic.SubmissionHeaders;
import dev.sluice.http.api.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "scan 2026-11-24 #1", "\"quoted\"", "~"})
    void keepsAnIdempotencyKeyAsItWasSent(String key) {
        assertThat(RequestHeaders.idempotencyKey(Optional.of(key))).contains(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "caf\u00e9", "\u0000"})
    void refusesAnIdempotencyKeyOfAnotherForm(String key) {
        assertThatThrownBy(() -> RequestHeaders.idempotencyKey(Optional.of(key)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void needsNoIdempotencyKey() {
        assertThat(RequestHeaders.idempotencyKey(Optional.empty())).isEmpty();
    }

    @Test
    void passesAWellFormedTraceOn() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(SubmissionHeaders.isTraceparent(trace)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void dropsATraceOfAnotherForm(String trace) {
        assertThat(SubmissionHeaders.isTraceparent(trace)).isFalse();
    }
}
