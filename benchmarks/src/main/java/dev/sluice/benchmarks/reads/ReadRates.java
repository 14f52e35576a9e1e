package dev.sluice.benchmarks.reads;

import dev.sluice.benchmarks.load.Load;
import dev.sluice.benchmarks.load.Load.LoadReport;
import dev.sluice.benchmarks.result.Samples;
import dev.sluice.benchmarks.suite.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads per second, through the read API and through the driver.
 *
 * @param ours reads through the read API
 * @param theirs the same queries through the driver alone
 * @param failed the number of unexpected responses from the read API
 * @param cpuMicros the processor's CPU time per read through the read API
 */
public record ReadRates(Samples ours, Samples theirs, Samples failed, Samples cpuMicros) {

    private static final int CONNECTIONS = 64;

    /** Reads of one session by its id. */
    public static ReadRates ofOne(Plan plan, StoredWorkload stored) throws IOException {
        return measure(plan, stored, stored.sessions());
    }

    /** Reads of a project's newest 50 sessions. */
    public static ReadRates ofPage(Plan plan, StoredWorkload stored) throws IOException {
        return measure(plan, stored, stored.pages());
    }

    /** Reads of one session by its id, through the read API only. */
    public static Samples ofOneAlone(Plan plan, StoredWorkload stored) throws IOException {
        return alone(plan, stored, stored.sessions());
    }

    /** Reads of a project's newest 50 sessions, through the read API only. */
    public static Samples ofPageAlone(Plan plan, StoredWorkload stored) throws IOException {
        return alone(plan, stored, stored.pages());
    }

    private static Samples alone(Plan plan, StoredWorkload stored, Path paths) {
        Load gets = Load.gets(stored.processor().address(), stored.token(), paths, CONNECTIONS)
                .lasting(plan.warmUp().dividedBy(2), plan.measured());
        return plan.samples(() -> gets.on(stored.processor()).rate());
    }

    private static ReadRates measure(Plan plan, StoredWorkload stored, Path paths) {
        Load queries = Load.queries(stored.uri(), paths, CONNECTIONS);
        Load gets = Load.gets(stored.processor().address(), stored.token(), paths, CONNECTIONS);
        List<LoadReport> ours = new ArrayList<>();
        List<LoadReport> theirs = new ArrayList<>();
        for (int run = 0; run < plan.runs(); run++) {
            // The driver's process is new for each run; the processor keeps running and has more code to compile.
            Duration warmUp =
                    run == 0 ? plan.warmUp().multipliedBy(2) : plan.warmUp().dividedBy(2);
            theirs.add(queries.lasting(plan.warmUp(), plan.measured()).on(stored.processor()));
            ours.add(gets.lasting(warmUp, plan.measured()).on(stored.processor()));
        }
        return new ReadRates(
                Samples.of(ours, LoadReport::rate),
                Samples.of(theirs, LoadReport::rate),
                Samples.of(ours, LoadReport::failed),
                Samples.of(ours, LoadReport::cpuMicros));
    }
}
