package dev.sluice.standalone;

import dev.sluice.http.observe.BuildVersion;
import dev.sluice.standalone.audit.AuditCommand;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.demo.DemoCommand;
import dev.sluice.standalone.feed.FeedCommand;
import dev.sluice.standalone.rebuild.RebuildCommand;
import dev.sluice.standalone.resume.ResumeCommand;
import dev.sluice.standalone.setaside.SetAsideCommand;
import dev.sluice.standalone.start.StartCommand;
import dev.sluice.standalone.tail.TailCommand;
import dev.sluice.standalone.token.TokenCommand;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The {@code sluice} command; without arguments it prints its usage. Exit codes: 0 for success, 1 for a failure, 2 for wrong arguments. */
@Command(
        name = "sluice",
        mixinStandardHelpOptions = true,
        description =
                "Accepts analysis sessions from security scanners over HTTP, keeps them in Kafka, and serves them from MongoDB.",
        footer = {
            "",
            "\"sluice demo\" shows it at work; for a command's options, \"sluice COMMAND --help\".",
            "\"./sluice ingest-api\" and \"./sluice session-processor\" run one service each, configured by environment variables"
                    + " (docs/reference.md); \"./sluice bench\" measures (docs/performance.md)."
        },
        subcommands = {
            DemoCommand.class,
            StartCommand.class,
            FeedCommand.class,
            TailCommand.class,
            TokenCommand.class,
            ResumeCommand.class,
            SetAsideCommand.class,
            AuditCommand.class,
            RebuildCommand.class
        })
public final class Sluice implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Sluice() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        FailureLine failures = new FailureLine();
        CommandLine command = new CommandLine(new Sluice());
        giveVersion(command);
        return command.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .registerConverter(long.class, text -> number(text, Long::valueOf))
                .registerConverter(Long.class, text -> number(text, Long::valueOf))
                .registerConverter(int.class, text -> number(text, Integer::valueOf));
    }

    private static void giveVersion(CommandLine command) {
        command.getCommandSpec().version("sluice " + BuildVersion.text());
        command.getSubcommands().values().forEach(Sluice::giveVersion);
    }

    private static <N> N number(String text, Function<String, N> parse) {
        try {
            return parse.apply(text);
        } catch (NumberFormatException _) {
            throw new TypeConversionException("\"" + text + "\" is not a possible number: expected a whole one");
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
