package dev.sluice.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutageTest {

    private final Outage outage = new Outage();

    @Test
    void letsEverythingGoOnWhileAcknowledgementsCome() {
        try (Outage.Attempt slow = begin();
                Outage.Attempt quick = begin()) {
            quick.acknowledged();
            slow.unanswered();
        }

        assertThat(outage.begin()).isPresent();
        assertThat(outage.begin()).isPresent();
    }

    @Test
    void letsOneAtATimeTryOnceNothingIsAcknowledged() {
        try (Outage.Attempt attempt = begin()) {
            attempt.unanswered();
        }

        try (Outage.Attempt probe = begin()) {
            assertThat(outage.begin()).isEmpty();
            probe.unanswered();
        }
        try (Outage.Attempt probe = begin()) {
            probe.acknowledged();
        }
        assertThat(outage.begin()).isPresent();
        assertThat(outage.begin()).isPresent();
    }

    private Outage.Attempt begin() {
        return outage.begin().orElseThrow();
    }
}
