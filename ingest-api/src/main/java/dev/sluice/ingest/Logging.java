package dev.sluice.ingest;

import dev.sluice.http.logging.LogSettings;
import dev.sluice.http.settings.Environment;
import org.slf4j.LoggerFactory;

/** Logs of the process. The configuration has a name of its own, because others have theirs on the same class path in the standalone. */
final class Logging {

    private Logging() {}

    /** To be called before anything logs. */
    static void configure(Environment environment) {
        LogSettings.use("logback-ingest-api.xml", environment);
    }

    static void sayWhyNotStarted(Exception reason) {
        LoggerFactory.getLogger(IngestApplication.class).error("Not started: {}", reason.getMessage());
    }
}
