package dev.sluice.benchmarks.reads;

import dev.sluice.benchmarks.installation.FullLog;
import dev.sluice.benchmarks.installation.Topics;
import dev.sluice.benchmarks.workload.Session;
import dev.sluice.contract.access.User;
import dev.sluice.contract.submission.AnalysisType;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A project with many sessions of two notes, which are alike but for their types, references and users, some of them rare. */
final class LargeProject {

    static final long ID = 1;
    static final String A_REFERENCE = "application-7";
    static final String RARE_REFERENCE = "rare";
    static final AnalysisType RARE_TYPE = AnalysisType.WHITEHAT;
    static final User RARE_USER = new User(2, "bob@example.com", "Bob", "Smith");

    private static final int RARE_ONE_IN = 10_000;
    private static final int REFERENCES = 1000;
    private static final AnalysisType[] TYPES = {
        AnalysisType.FORTIFY, AnalysisType.VERACODE, AnalysisType.WEBINSPECT, AnalysisType.APPSCAN
    };

    private LargeProject() {}

    /** Returns when {@code count} sessions are in the log. */
    static void fill(Topics topics, int count) {
        FullLog.fill(topics, count, number -> record(topics.names().submissions(), number));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int number) {
        if (number % RARE_ONE_IN == 0) {
            return FullLog.record(topic, session(RARE_REFERENCE, RARE_TYPE), RARE_USER);
        }
        return FullLog.record(
                topic, session("application-" + number % REFERENCES, TYPES[number % TYPES.length]), Topics.USER);
    }

    private static Session session(String reference, AnalysisType type) {
        String body = "{\"analysis_ref\":\"%s\",\"analysis_type\":\"%s\",\"notes\":[%s,%s]}"
                .formatted(reference, type.slug(), note(1), note(2));
        return new Session(ID, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String note(int task) {
        return """
                {"task":"%d-T%d","behaviour":"replace-scanner","confidence":"high","status":"fail",\
                "findings":{"count":3,"cwe":89,"description":"SQL injection in a login form"}}""".formatted(ID, task);
    }
}
