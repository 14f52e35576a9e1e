package dev.sluice.service.logging;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.sluice.contract.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Writes lines for people. Text that others can influence can neither begin a line nor control a terminal:
 * unprintable characters in a message become question marks, and the lines of an exception are indented.
 */
public final class TextLines extends PatternLayoutEncoder {

    private static final String MESSAGE = "%replace(%msg){'[^" + Printable.CLASSES + "]', '?'}";
    private static final String EXCEPTION =
            "%replace(%replace(%ex){'\\n(?=.)', '$0  '}){'[^" + Printable.CLASSES + "\\n\\t]', '?'}%nopex";

    private final UnaryOperator<String> wording;

    public TextLines() {
        this(UnaryOperator.identity());
    }

    /** {@code wording}: gives the text of an event the words of those who read it. */
    public TextLines(UnaryOperator<String> wording) {
        this.wording = wording;
        setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{30} - " + MESSAGE + "%n" + EXCEPTION);
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return wording.apply(getLayout().doLayout(event)).getBytes(StandardCharsets.UTF_8);
    }
}
