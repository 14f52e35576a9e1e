package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministratorOfAll;
import static dev.sluice.http.server.RunningServer.asReaderOfAll;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.http.audit.AuditTrail;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusedDeedsTest {

    private static final String RESUME = "/api/v2/processing/resume/";

    private final Logger logger = (Logger) LoggerFactory.getLogger(AuditTrail.LOG_NAME);
    private final Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final RunningServer server = new RunningServer(HttpConfig.defaults());

    RefusedDeedsTest() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(before);
        server.close();
    }

    @Test
    void areInTheAuditTrailWithWhatAnsweredThem() throws IOException {
        server.call("POST", RESUME, "X-Request-Id: denied\r\n" + asReaderOfAll(), "");
        server.call("POST", RESUME, "X-Request-Id: wrong\r\nAccept: text/html\r\n" + asAdministratorOfAll(), "");
        server.call("POST", "/api/v2/projects/7/submissions/300/resubmit/", "X-Request-Id: no\r\n" + asWriter(), "");

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("resume of processing by user 1 with token ")
                                .endsWith(" in request denied: answered 403"),
                        line -> assertThat(line).endsWith(" in request wrong: answered 406"),
                        line -> assertThat(line)
                                .startsWith("resubmit of submission 300 of project 7 by user 1 with token ")
                                .contains(" in request no: answered 40"));
    }

    @Test
    void doNotFillTheLogHoweverManyTheyAre() throws IOException {
        try (RawClient client = server.client()) {
            for (int i = 0; i < 300; i++) {
                client.send(head("POST", RESUME, asReaderOfAll() + "Content-Length: 0\r\n"))
                        .receive();
            }
        }
        server.call("POST", RESUME, "Accept: text/html\r\n" + asAdministratorOfAll(), "");

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).satisfies(all -> {
            assertThat(all).hasSize(16 + 4 + 1);
            assertThat(all.get(15)).endsWith(": answered 403");
            assertThat(all.get(19)).endsWith(": answered 403, refusal 256 of this token within a minute");
            assertThat(all.getLast()).endsWith(": answered 406");
        });
    }

    @Test
    void areThoseOfAdministratorsOnlyAndOnlyRefused() throws IOException {
        server.call("POST", RESUME, asAdministratorOfAll(), "");
        server.call("POST", RESUME, "", "");
        server.call("GET", RESUME, asReaderOfAll(), "");
        server.call("POST", SESSIONS, "Accept: text/html\r\n" + asWriter(), "");

        assertThat(lines.list).isEmpty();
    }
}
