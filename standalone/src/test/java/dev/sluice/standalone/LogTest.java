package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.Test;

class LogTest {

    @Test
    void isNotFilledByClientsThatGoAwayWhileTheySendHeaders() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);

        configurator.doConfigure(LogTest.class.getResource("/logback-ingest-api.xml"));

        assertThat(context.getLogger("io.helidon.webserver.http1.Http1Connection")
                        .isWarnEnabled())
                .isFalse();
        assertThat(context.getLogger("io.helidon.webserver.ServerListener").isWarnEnabled())
                .isTrue();
        context.stop();
    }
}
