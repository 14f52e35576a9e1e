package dev.sluice.http.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;

/**
 * A line for people. What others had a hand in cannot begin a line, nor steer a terminal: control characters of messages are shown as
 * question marks, and the lines of an exception are indented.
 */
public final class TextLines extends PatternLayoutEncoder {

    private static final String CONTROL = "\\p{Cntrl}\\u0085\\u2028\\u2029";
    private static final String MESSAGE = "%replace(%msg){'[" + CONTROL + "]', '?'}";
    private static final String EXCEPTION =
            "%replace(%replace(%ex){'\\n(?=.)', '$0  '}){'[" + CONTROL + "&&[^\\n\\t]]', '?'}%nopex";

    public TextLines() {
        setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{30} - " + MESSAGE + "%n" + EXCEPTION);
    }
}
