package dev.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTest {

    @ParameterizedTest
    @ValueSource(strings = {"logback-ingest-api.xml", "logback-session-processor.xml"})
    void isNotFilledByClientsThatGoAwayWhileTheySendHeaders(String configuration) throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        configurator.doConfigure(LogTest.class.getResource("/" + configuration));

        assertThat(context.getLogger("io.helidon.webserver.http1.Http1Connection")
                        .isWarnEnabled())
                .isFalse();
        assertThat(context.getLogger("io.helidon.webserver.ServerListener").isWarnEnabled())
                .isTrue();
        context.stop();
    }
}
