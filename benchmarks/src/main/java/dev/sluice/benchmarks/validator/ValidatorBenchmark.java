package dev.sluice.benchmarks.validator;

import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SessionSummary;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Validates a different session in each invocation, so that the branch predictor cannot learn one by heart. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ValidatorBenchmark {

    static final int SESSIONS = 256;

    @Param({"SMALL", "TYPICAL", "LARGE"})
    private SessionSize size = SessionSize.SMALL;

    private final JsonFactory jackson = new JsonFactory();
    private final SubmissionValidator validator = new SubmissionValidator();
    private List<Session> sessions = List.of();
    private int next;

    @Setup
    public void make() {
        sessions = Workload.sessions(size, SESSIONS);
    }

    /** The baseline: Jackson's parser, token by token, without reading any values. */
    @Benchmark
    public int skipping() {
        int depth = 0;
        try (JsonParser parser =
                jackson.createParser(ObjectReadContext.empty(), session().body())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : 0;
            }
        }
        return depth;
    }

    /** Validation as in ingest-api. */
    @Benchmark
    public Validation<SessionSummary> validating() {
        Session session = session();
        return validator.validateSession(session.body(), session.project(), new DocumentSize());
    }

    private Session session() {
        return sessions.get(next++ & (SESSIONS - 1));
    }
}
