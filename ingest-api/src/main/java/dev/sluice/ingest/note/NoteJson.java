package dev.sluice.ingest.note;

import dev.sluice.contract.access.UserJson;
import dev.sluice.contract.id.NoteId;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.NoteSummary;
import dev.sluice.contract.submission.Slice;
import dev.sluice.contract.submission.UtcTime;
import dev.sluice.ingest.intake.Receipt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A note as the API documents it, built from the submitted body without parsing it again. */
final class NoteJson {

    private static final byte[] NULL = utf8("null");
    private static final int ROOM = 768;

    private NoteJson() {}

    /** The id of the note, which is the only one of its submission. */
    static long id(Receipt receipt) {
        return new NoteId(receipt.id().value(), 0).value();
    }

    /** {@code type}: empty if unknown here. */
    static byte[] of(NoteSummary note, Optional<AnalysisType> type, byte[] body, Receipt receipt) {
        String time = UtcTime.format(receipt.created());
        ByteArrayOutputStream json = new ByteArrayOutputStream(
                ROOM + note.findings().length() + note.findingRef().length());
        json.writeBytes(utf8("{\"id\":" + id(receipt) + ",\"analysis_session\":"));
        json.writeBytes(
                note.session().isPresent() ? utf8(Long.toString(note.session().getAsLong())) : NULL);
        json.writeBytes(utf8(",\"analysis_type\":"));
        json.writeBytes(type.map(NoteJson::of).orElse(NULL));
        json.writeBytes(utf8(",\"behaviour\":\"" + note.behaviour().slug() + "\",\"confidence\":\"" + note.confidence()
                + "\",\"created\":\"" + time + "\",\"findings\":"));
        write(json, body, note.findings());
        json.writeBytes(utf8(",\"finding_ref\":"));
        write(json, body, note.findingRef());
        json.writeBytes(utf8(",\"status\":\"" + note.status().slug() + "\",\"automatic\":" + note.automatic()
                + ",\"updated\":\"" + time + "\",\"updater\":"));
        json.writeBytes(UserJson.write(receipt.updater()));
        json.write('}');
        return json.toByteArray();
    }

    private static byte[] of(AnalysisType type) {
        return utf8("{\"slug\":\"" + type.slug() + "\",\"name\":\"" + type.displayName() + "\"}");
    }

    private static void write(ByteArrayOutputStream json, byte[] body, Slice slice) {
        if (slice.isEmpty()) {
            json.writeBytes(NULL);
        } else {
            json.write(body, slice.offset(), slice.length());
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
