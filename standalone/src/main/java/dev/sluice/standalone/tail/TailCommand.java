package dev.sluice.standalone.tail;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.standalone.command.WrongArgument;
import dev.sluice.standalone.kafka.KafkaOptions;
import java.io.PrintWriter;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice tail}: prints one line for each outcome as it is published, until it is stopped or nobody reads its output. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "Follows the outcomes of submissions, one line each, until Ctrl-C.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nobody reads its output any more",
            "1:Kafka cannot be read",
            "2:wrong arguments",
            "130:stopped by Ctrl-C"
        },
        footer = {"", "Outcomes are published at least once: one that is published again is shown again."})
public final class TailCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--project", paramLabel = "N", description = "Only submissions of this project.")
    private @Nullable Long project;

    @Option(names = "--from-beginning", description = "Show all earlier outcomes first.")
    private boolean fromBeginning;

    @Override
    public void run() {
        if (project != null && project < 1) {
            throw new WrongArgument("--project is " + project + ": expected a whole number from 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        OutcomeLine line = new OutcomeLine(spec.commandLine().getColorScheme().ansi());
        try (OutcomeTopic topic =
                OutcomeTopic.open(kafka.settings(), kafka.topics().outcomes(), fromBeginning)) {
            // Ends at the first line that nobody reads, like any program that writes lines.
            while (!out.checkError()) {
                for (ConsumerRecord<byte[], byte[]> record : topic.next()) {
                    print(record, line, out);
                    if (out.checkError()) {
                        return;
                    }
                }
            }
        }
    }

    private void print(ConsumerRecord<byte[], byte[]> record, OutcomeLine line, PrintWriter out) {
        if (project == null || Arrays.equals(record.key(), ProjectKey.of(project))) {
            out.println(line.of(record));
        }
    }
}
