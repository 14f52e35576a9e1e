package dev.sluice.service.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Text that others can influence stays within its log line. */
class LinesTest {

    private static final String HOSTILE = "a\r\n2026-11-25 INFO forged\u001b[2J\u0085b\u2028c\u009b\u202e\ud800";

    private final LoggerContext context = new LoggerContext();

    @Test
    void keepsATextMessageInOneLineAndLeavesTheTerminalAlone() {
        String line = encode(new TextLines(), null);

        assertThat(line)
                .hasLineCount(1)
                .endsWith("- said a??2026-11-25 INFO forged?[2J?b?c???" + System.lineSeparator());
    }

    @Test
    void indentsWhatAnExceptionSaysSoThatItBeginsNoLine() {
        String text = encode(new TextLines(), new IllegalStateException(HOSTILE, new RuntimeException(HOSTILE)));

        assertThat(text.lines().skip(2)).isNotEmpty().allMatch(line -> line.startsWith("  "));
        assertThat(text)
                .contains("  2026-11-25 INFO forged?[2J?b?c???")
                .doesNotContain("\u001b", "\u2028", "\u009b", "\u202e");
    }

    @Test
    void writesAJsonObjectALineWithTheMessageAndItsParts() {
        String text = encode(new JsonLines(), new IllegalStateException(HOSTILE));

        assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
        JsonNode line = JsonMapper.shared().readTree(text);
        assertThat(line.path("level").stringValue()).isEqualTo("WARN");
        assertThat(line.path("formattedMessage").stringValue()).startsWith("said a\r\n2026-11-25 INFO forged");
        assertThat(line.at("/kvpList/0/request").stringValue()).isEqualTo("r-1");
        assertThat(line.at("/throwable/className").stringValue()).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertThatThrownBy(() -> LogSettings.use("x.xml", new Environment(Map.of("SLUICE_LOG_FORMAT", "xml"))))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll("SLUICE_LOG_FORMAT", "xml", "text or json");
    }

    private String encode(Encoder<ILoggingEvent> encoder, @Nullable Throwable exception) {
        LoggingEvent event = new LoggingEvent(
                "x", context.getLogger("dev.sluice.Some"), Level.WARN, "said {}", exception, new Object[] {HOSTILE});
        event.setKeyValuePairs(List.of(new KeyValuePair("request", "r-1")));
        encoder.setContext(context);
        encoder.start();
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
