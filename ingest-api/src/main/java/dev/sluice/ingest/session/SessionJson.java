package dev.sluice.ingest.session;

import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.submission.SessionSummary.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.core.io.JsonStringEncoder;

/** A session as the API documents it, made from what was submitted without parsing it again. */
final class SessionJson {

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] NO_EXTRA = utf8("{}");
    private static final int ROOM = 256;

    private SessionJson() {}

    static byte[] of(long id, SessionSummary session, byte[] body, Instant created, long updater) {
        byte[] ref = JsonStringEncoder.getInstance().quoteAsUTF8(session.analysisRef());
        byte[] time = utf8(MICROSECONDS.format(created));
        Slice extra = session.extra();
        ByteArrayOutputStream json = new ByteArrayOutputStream(ROOM + ref.length + extra.length());
        json.writeBytes(utf8("{\"id\":" + id + ",\"analysis_ref\":\""));
        json.writeBytes(ref);
        json.writeBytes(utf8("\",\"analysis_type\":\"" + session.analysisType().slug() + "\",\"extra\":"));
        if (extra.isEmpty()) {
            json.writeBytes(NO_EXTRA);
        } else {
            json.write(body, extra.offset(), extra.length());
        }
        json.writeBytes(utf8(",\"created\":\""));
        json.writeBytes(time);
        json.writeBytes(utf8("\",\"updated\":\""));
        json.writeBytes(time);
        json.writeBytes(utf8("\",\"updater\":" + updater + "}"));
        return json.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
