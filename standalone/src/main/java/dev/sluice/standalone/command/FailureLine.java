package dev.sluice.standalone.command;

import dev.sluice.contract.text.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints why a command failed on standard error, on one line; the stack trace goes to the log. */
public final class FailureLine implements IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLine.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        String reason;
        if (failure instanceof CommandFailure) {
            LOG.info("{} failed", name, failure);
            reason = String.valueOf(failure.getMessage());
        } else {
            LOG.error("{} failed unexpectedly", name, failure);
            reason = "unexpected failure: " + failure;
        }
        command.getErr()
                .println("sluice: " + Printable.text(reason.lines().findFirst().orElse(reason)));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
