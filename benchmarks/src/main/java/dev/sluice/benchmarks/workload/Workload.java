package dev.sluice.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Generates valid sessions of one size; the same seed gives the same sessions. Not thread-safe. */
public final class Workload {

    /** The seed of all published figures. */
    public static final long SEED = 20_141_215;

    private static final int PROJECTS = 1000;
    private static final int TASKS = 400;
    private static final String[] TYPES = {
        "fortify", "veracode", "webinspect", "appscan", "appscan_enterprise", "whitehat"
    };
    private static final String[] STATUSES = {"pass", "fail", "fail", "partial", "none"};

    private final SessionSize size;
    private final SplittableRandom random;
    private final double[] projects = new double[PROJECTS];

    public Workload(SessionSize size, long seed) {
        this.size = size;
        this.random = new SplittableRandom(seed);
        double sum = 0;
        for (int i = 0; i < PROJECTS; i++) {
            sum += 1.0 / (i + 1);
            projects[i] = sum;
        }
    }

    /** Returns {@code count} sessions of one size, from the usual seed. */
    public static List<Session> sessions(SessionSize size, int count) {
        Workload workload = new Workload(size, SEED);
        List<Session> sessions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sessions.add(workload.next());
        }
        return sessions;
    }

    /** Returns the next session. The n-th project has 1/n as many as the first, so a few are busy and most are not. */
    public Session next() {
        int place = Arrays.binarySearch(projects, random.nextDouble() * projects[PROJECTS - 1]);
        return nextOf(Math.min(PROJECTS, (place < 0 ? -place - 1 : place) + 1));
    }

    /** Returns the next session, in the given project. */
    public Session nextOf(long project) {
        return nextOf(project, size.notes());
    }

    /** Returns the next session, in the given project and with the given number of notes. */
    public Session nextOf(long project, int notes) {
        StringBuilder json = new StringBuilder(256 * (notes + 1));
        json.append("{\"analysis_ref\":\"build-")
                .append(random.nextInt(100_000))
                .append(".example.com\"");
        json.append(",\"analysis_type\":\"")
                .append(TYPES[random.nextInt(TYPES.length)])
                .append("\",\"notes\":[");
        int first = random.nextInt(TASKS);
        for (int note = 0; note < notes; note++) {
            json.append(note == 0 ? "" : ",");
            appendNote(json, project, 1 + (first + note) % TASKS);
        }
        return new Session(project, json.append("]}").toString().getBytes(StandardCharsets.UTF_8));
    }

    private void appendNote(StringBuilder json, long project, int task) {
        json.append("{\"task\":\"").append(project).append("-T").append(task);
        json.append("\",\"behaviour\":\"").append(random.nextInt(4) == 0 ? "combine" : "replace-scanner");
        json.append("\",\"confidence\":\"").append(random.nextBoolean() ? "high" : "low");
        json.append("\",\"status\":\"")
                .append(STATUSES[random.nextInt(STATUSES.length)])
                .append("\",\"findings\":");
        Findings.append(json, size.words(), random);
        json.append('}');
    }
}
