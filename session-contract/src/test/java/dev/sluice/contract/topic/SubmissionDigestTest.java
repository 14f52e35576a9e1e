package dev.sluice.contract.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubmissionDigestTest {

    private static final byte[] BODY = "{}".getBytes(UTF_8);

    @Test
    void isTheSameForTheSameSubmission() {
        SubmissionDigest digest = SubmissionDigest.of("analysis-note.create", "T6", BODY);

        assertThat(digest).isEqualTo(SubmissionDigest.of("analysis-note.create", "T6", BODY.clone()));
        assertThat(digest).isEqualTo(SubmissionDigest.ofBytes(digest.toBytes()));
        assertThat(digest.toBytes()).hasSize(32);
    }

    @Test
    void differsByTypeTaskAndBody() {
        SubmissionDigest digest = SubmissionDigest.of("analysis-note.create", "T6", BODY);

        assertThat(digest).isNotEqualTo(SubmissionDigest.of("analysis-session.create", "T6", BODY));
        assertThat(digest).isNotEqualTo(SubmissionDigest.of("analysis-note.create", "T7", BODY));
        assertThat(digest).isNotEqualTo(SubmissionDigest.of("analysis-note.create", "T6", "{ }".getBytes(UTF_8)));
    }

    @Test
    void doesNotTakeAPartForTheEndOfAnother() {
        assertThat(SubmissionDigest.of("a", "b", BODY)).isNotEqualTo(SubmissionDigest.of("ab", "", BODY));
        assertThat(SubmissionDigest.of("a", "b", BODY))
                .isNotEqualTo(SubmissionDigest.of("a", "", "b{}".getBytes(UTF_8)));
    }
}
