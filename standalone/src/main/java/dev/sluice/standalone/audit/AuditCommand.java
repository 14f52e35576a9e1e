package dev.sluice.standalone.audit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import dev.sluice.processor.audit.Audit;
import dev.sluice.processor.audit.AuditFailedException;
import dev.sluice.processor.audit.AuditReport;
import dev.sluice.standalone.backing.Backing;
import dev.sluice.standalone.backing.BackingOptions;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.StatusLine;
import dev.sluice.standalone.command.WrongArgument;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice audit}: checks the store against the log and reports every discrepancy. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the log, decides the outcome of every record again, and compares the store with that: documents, progress, tasks,"
                    + " counts and keys. Changes nothing, and can run while submissions go on.",
            "If no Sluice is running on the folder of --data, its Kafka and store are started for the duration of the audit."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:audit not completed", "2:wrong arguments", "3:something is wrong"})
public final class AuditCommand implements Callable<Integer> {

    private static final int WRONG = 3;
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BackingOptions backing = new BackingOptions();

    @Option(
            names = "--show",
            paramLabel = "N",
            description = "How many faults to list at most; all are counted. Default: 100.")
    private int shown = 100;

    @Override
    public Integer call() {
        if (shown < 0) {
            throw new WrongArgument("--show " + shown + ": expected 0 or more");
        }
        long begun = System.nanoTime();
        AuditReport report;
        try (Backing open = backing.open("audit");
                StatusLine status =
                        new StatusLine(spec.commandLine().getErr(), StatusLine.isTerminalThere(), SAY_EVERY)) {
            Audit audit = new Audit(open.kafka(), open.topics(), new ConnectionString(open.mongodb()));
            long opened = System.nanoTime();
            report = audit.run(shown, (records, of) -> status.show(() -> progress(records, of, opened)));
        } catch (MongoException e) {
            throw new CommandFailure("cannot audit: the store cannot be found (" + e.getMessage() + ")", e);
        } catch (AuditFailedException e) {
            throw new CommandFailure("cannot audit: " + e.getMessage(), e);
        }
        print(report, Duration.ofNanos(System.nanoTime() - begun));
        return report.holds() ? 0 : WRONG;
    }

    private static String progress(long records, long of, long begun) {
        return String.format(
                Locale.ROOT,
                "sluice: %,d of %,d records, %,.0f a second",
                records,
                of,
                records * 1e9 / (System.nanoTime() - begun));
    }

    private void print(AuditReport report, Duration took) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(ReportText.of(report, took));
        out.flush();
    }
}
