package dev.sluice.standalone.rebuild;

import com.mongodb.MongoException;
import dev.sluice.processor.rebuild.RebuildListener;
import dev.sluice.processor.rebuild.RebuildSummary;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.standalone.command.StatusLine;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.common.KafkaException;

/** Reports the progress of a rebuild to people. */
final class RebuildReport implements RebuildListener {

    private static final Duration SAY_EVERY = Duration.ofSeconds(5);
    private static final int PERCENT = 100;

    private final StatusLine status;
    private long begun = System.nanoTime();
    private long atFirst = -1;

    RebuildReport(PrintWriter out, boolean isTerminal) {
        this.status = new StatusLine(out, isTerminal, SAY_EVERY);
    }

    @Override
    public void begins(int from, int into, boolean resumed) {
        status.line((resumed
                        ? "Going on with generation " + into + ", which was left unfinished"
                        : "Filling generation " + into)
                + "; generation " + from + " is live meanwhile.");
        begun = System.nanoTime();
    }

    @Override
    public void filled(long records, long all) {
        if (atFirst < 0) {
            atFirst = records;
        }
        status.show(() -> String.format(
                Locale.ROOT,
                "%3d %%  %,d of %,d records  %,.0f records/s",
                all == 0 ? PERCENT : records * PERCENT / all,
                records,
                all,
                rate(records - atFirst, Duration.ofNanos(System.nanoTime() - begun))));
    }

    @Override
    public void isNoCloser(long records) {
        status.line(String.format(
                Locale.ROOT,
                "Still %,d records behind: submissions arrive as fast as they are rebuilt. It ends once they arrive more slowly.",
                records));
    }

    @Override
    public void isLive(int generation) {
        status.line("Generation " + generation + " is live.");
    }

    @Override
    public void rejectsMore(String found) {
        status.line("It arrived during the switch, from processors of another version: " + found
                + ". Nothing is lost: run the rebuild of that version.");
    }

    @Override
    public void oldIsLeft(RuntimeException why) {
        status.line("The former generation was not followed to its end or not dropped (" + reason(why)
                + "): the next rebuild drops it.");
    }

    private static String reason(RuntimeException why) {
        return switch (why) {
            case MongoException e -> MongoConnection.trouble(e);
            case KafkaException e -> KafkaReason.of(e);
            default -> String.valueOf(why.getMessage());
        };
    }

    @Override
    public void dropped(int generation) {
        status.line("Generation " + generation + " is dropped.");
    }

    void done(RebuildSummary summary) {
        status.line(String.format(
                Locale.ROOT,
                "Rebuilt: %,d records in %.1f s, %,.0f records/s.",
                summary.records(),
                summary.took().toMillis() / 1e3,
                rate(summary.records(), summary.took())));
    }

    private static double rate(long records, Duration time) {
        return records * 1e3 / Math.max(1, time.toMillis());
    }
}
