package dev.sluice.service.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import dev.sluice.contract.text.Printable;

/**
 * Writes lines for people. Text that others can influence can neither begin a line nor control a terminal:
 * unprintable characters in a message become question marks, and the lines of an exception are indented.
 */
public final class TextLines extends PatternLayoutEncoder {

    private static final String MESSAGE = "%replace(%msg){'[^" + Printable.CLASSES + "]', '?'}";
    private static final String EXCEPTION =
            "%replace(%replace(%ex){'\\n(?=.)', '$0  '}){'[^" + Printable.CLASSES + "\\n\\t]', '?'}%nopex";

    public TextLines() {
        setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{30} - " + MESSAGE + "%n" + EXCEPTION);
    }
}
