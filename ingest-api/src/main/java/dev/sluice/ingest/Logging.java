package dev.sluice.ingest;

import org.slf4j.LoggerFactory;

/** Logs of the process. The configuration has a name of its own, because others have theirs on the same class path in the standalone. */
final class Logging {

    private static final String CONFIGURATION = "logback.configurationFile";

    private Logging() {}

    /** To be called before anything logs. */
    static void configure() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "logback-ingest-api.xml");
        }
    }

    static void sayWhyNotStarted(Exception reason) {
        LoggerFactory.getLogger(IngestApplication.class).error("Not started: {}", reason.getMessage());
    }
}
