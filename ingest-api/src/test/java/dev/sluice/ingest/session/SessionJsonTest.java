package dev.sluice.ingest.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.User;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.submission.Slice;
import dev.sluice.ingest.intake.Receipt;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionJsonTest {

    private static final User USER = new User(1, "", "", "");
    private static final Instant CREATED = Instant.parse("2014-12-15T20:10:51.900775Z");

    @Test
    void writesTheDocumentedFieldsAndNoOthers() {
        SessionSummary session = new SessionSummary("zero.webappsecurity.com", AnalysisType.WEBINSPECT, Slice.EMPTY);

        byte[] json = SessionJson.of(session, new byte[0], new Receipt(new SubmissionId(170, 1), CREATED, USER));

        assertThat(new String(json, UTF_8))
                .isEqualTo("{\"id\":682,\"analysis_ref\":\"zero.webappsecurity.com\",\"analysis_type\":\"webinspect\","
                        + "\"extra\":{},\"created\":\"2014-12-15T20:10:51.900775Z\","
                        + "\"updated\":\"2014-12-15T20:10:51.900775Z\",\"updater\":1}");
    }

    @Test
    void repeatsExtraAsItWasSubmittedAndEscapesTheReference() {
        byte[] body = "{\"extra\":{\"a\" : 1.0}}".getBytes(UTF_8);
        SessionSummary session = new SessionSummary("\"\n\u20ac", AnalysisType.FORTIFY, new Slice(9, 11));

        byte[] json = SessionJson.of(session, body, new Receipt(new SubmissionId(0, 0), Instant.EPOCH, USER));

        assertThat(new String(json, UTF_8))
                .contains(
                        "\"analysis_ref\":\"\\\"\\n\u20ac\"",
                        "\"extra\":{\"a\" : 1.0},",
                        "\"1970-01-01T00:00:00.000000Z\"");
    }
}
