package dev.sluice.ingest.session;

import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.submission.Slice;
import dev.sluice.contract.submission.UtcTime;
import dev.sluice.ingest.intake.Receipt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/** A session as the API documents it, built from the submitted body without parsing it again. */
final class SessionJson {

    private static final byte[] NO_EXTRA = utf8("{}");
    private static final int ROOM = 256;

    private SessionJson() {}

    static byte[] of(SessionSummary session, byte[] body, Receipt receipt) {
        String time = UtcTime.format(receipt.created());
        Slice extra = session.extra();
        ByteArrayOutputStream json =
                new ByteArrayOutputStream(ROOM + session.analysisRef().length() + extra.length());
        json.writeBytes(utf8("{\"id\":" + receipt.id().value() + ",\"analysis_ref\":\""));
        json.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(session.analysisRef()));
        json.writeBytes(utf8("\",\"analysis_type\":\"" + session.analysisType().slug() + "\",\"extra\":"));
        if (extra.isEmpty()) {
            json.writeBytes(NO_EXTRA);
        } else {
            json.write(body, extra.offset(), extra.length());
        }
        json.writeBytes(utf8(",\"created\":\"" + time + "\",\"updated\":\"" + time + "\",\"updater\":"
                + receipt.updater().id() + "}"));
        return json.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
