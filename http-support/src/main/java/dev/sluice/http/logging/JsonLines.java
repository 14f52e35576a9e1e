package dev.sluice.http.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;

/** A JSON object a line, for what collects logs. */
public final class JsonLines extends JsonEncoder {

    public JsonLines() {
        setWithSequenceNumber(false);
        setWithContext(false);
        setWithMDC(false);
        setWithMessage(false);
        setWithArguments(false);
        setWithFormattedMessage(true);
    }
}
