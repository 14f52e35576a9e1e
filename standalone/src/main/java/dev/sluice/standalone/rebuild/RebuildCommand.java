package dev.sluice.standalone.rebuild;

import com.mongodb.MongoException;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.processor.LogConfig;
import dev.sluice.processor.ProcessorConfig;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.rebuild.RebuildRefusedException;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.service.kafka.KafkaReason;
import dev.sluice.standalone.backing.Backing;
import dev.sluice.standalone.backing.BackingOptions;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.StatusLine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice rebuild}: builds a fresh projection from the log beside the live one, then switches over; reads continue meanwhile. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Rebuilds the store's projection from the log, beside the live one, and then switches over.",
            "Submitting and reading go on meanwhile. If it is stopped, the live projection is unchanged, and the next"
                    + " rebuild resumes where this one stopped.",
            "If no Sluice is running on the folder of --data, its Kafka and store are started for the duration of the rebuild."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the new projection is live",
            "1:it is not; the same command resumes",
            "2:wrong arguments",
            "130:interrupted, otherwise as 1"
        })
public final class RebuildCommand implements Callable<Integer> {

    // Longer than any process uses a generation before it checks again which one is live.
    private static final Duration GRACE = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BackingOptions backing = new BackingOptions();

    @Option(
            names = "--from-log-begin",
            description =
                    "Rebuild even if the log has lost its beginning: what was there will be missing from the projection.")
    private boolean fromLogBegin;

    @Option(
            names = "--accept-rejections",
            description =
                    "Switch over even if submissions that are stored now are rejected by the rules of this version.")
    private boolean acceptRejections;

    @Override
    public Integer call() throws Exception {
        try (Backing open = backing.open("rebuild");
                FlushedByCommand flushed = new FlushedByCommand(open.mongodb())) {
            ProcessorConfig config = ProcessorConfig.of(open.kafka(), open.mongodb())
                    .withLog(LogConfig.of(open.topics(), TopicSettings.DEFAULT_PARTITIONS));
            rebuild(new Rebuild(config, flushed, Clock.systemUTC()), open.isStoreShared() ? GRACE : Duration.ZERO);
            return 0;
        } catch (RebuildRefusedException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        } catch (MongoException e) {
            throw new CommandFailure(failed("the store", MongoConnection.trouble(e)), e);
        } catch (KafkaException e) {
            throw new CommandFailure(failed("Kafka", KafkaReason.of(e)), e);
        }
    }

    private void rebuild(Rebuild rebuild, Duration grace) throws InterruptedException {
        RebuildReport report = new RebuildReport(spec.commandLine().getOut(), StatusLine.isTerminalThere());
        report.done(rebuild.run(new RebuildOptions(fromLogBegin, acceptRejections, grace), report));
    }

    private static String failed(String what, String why) {
        return what + " did not do what was asked (" + why
                + "): nothing is lost; run the rebuild again, and it goes on";
    }
}
