package dev.sluice.service.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;

/** Writes one JSON object per line, for log collectors. */
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
