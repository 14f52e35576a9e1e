package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.NoteId;
import dev.sluice.service.kafka.KafkaLog;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The edge with a recreated topic and ids above those of the former one. */
class IdsBaseIT {

    private static final IdBase BASE = IdBase.ofFirstPosition(1_000);
    private static final long FORMER = IdBase.NONE.idOf(0, 7).value();
    private static final String SESSION = "{\"analysis_ref\":\"a\",\"analysis_type\":\"veracode\"}";
    private static final String NOTES = "/api/v2/projects/7/tasks/7-T6/analysis-notes/";
    private static final String NOTE =
            "{\"behaviour\":\"replace\",\"confidence\":\"low\",\"findings\":{},\"status\":\"pass\",\"analysis_session\":";

    @Test
    void givesIdsAboveItAndKnowsWhichRecordsAreOfAFormerTopic() throws Exception {
        LogUnderTest log = LogUnderTest.create(IdsBaseIT.class);
        TokenText token = log.token(Role.ADMINISTRATOR);
        IngestConfig config =
                IngestConfig.of(KafkaLog.of(log.kafka(), log.topics()).withIds(BASE));
        try (RunningIngest ingest = new RunningIngest(config).awaitReady()) {
            long session = RunningIngest.id(ingest.post(token, SESSION));
            long noteOfIt =
                    NoteId.of(RunningIngest.id(note(ingest, token, session))).submission();
            HttpResponse<String> again = ingest.resubmit(token, session);
            HttpResponse<String> former = ingest.resubmit(token, FORMER);

            assertThat(BASE.offset(session >> 8)).isEqualTo(1);
            assertThat(noteOfIt).isEqualTo(session + 256);
            assertThat(again.statusCode()).isEqualTo(202);
            assertThat(RunningIngest.id(again)).isEqualTo(session + 512);
            assertThat(former.statusCode()).isEqualTo(404);
            assertThat(former.body()).contains("The log no longer has the submission's record");
            // Only the store knows whether it was a session.
            assertThat(note(ingest, token, FORMER).statusCode()).isEqualTo(201);
            assertThat(note(ingest, token, session + (1 << 16)).statusCode()).isEqualTo(400);
        }
    }

    private static HttpResponse<String> note(RunningIngest ingest, TokenText token, long session) throws Exception {
        return ingest.post(NOTES, token, BodyPublishers.ofString(NOTE + session + "}"));
    }
}
