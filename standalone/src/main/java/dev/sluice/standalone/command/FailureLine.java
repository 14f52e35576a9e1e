package dev.sluice.standalone.command;

import dev.sluice.contract.text.Printable;
import java.io.EOFException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints why a command failed on standard error, on one line; the stack trace goes to the log. */
public final class FailureLine implements IExecutionExceptionHandler, IParameterExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLine.class);

    /** Why something failed. The message of a file's failure alone may be only its path, or say nothing. */
    public static String reason(Exception failure) {
        return switch (failure) {
            case AccessDeniedException e -> "access to " + e.getFile() + " is denied to " + user();
            case NoSuchFileException e -> "there is no " + e.getFile();
            case CharacterCodingException _ -> "it is not text in UTF-8";
            case EOFException e when e.getMessage() == null -> "a file ends in the middle";
            default -> String.valueOf(failure.getMessage());
        };
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("sluice: " + Printable.text(wrong(failure)));
        UnmatchedArgumentException.printSuggestions(failure, command.getErr());
        command.getErr().println("See \"" + command.getCommandSpec().qualifiedName() + " --help\".");
        return ExitCode.USAGE;
    }

    private static String wrong(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            boolean isCommand = !failure.getCommandLine().getSubcommands().isEmpty();
            return (unmatched.isUnknownOption()
                            ? "unknown option "
                            : isCommand ? "there is no command " : "unexpected argument ")
                    + unmatched.getUnmatched().getFirst();
        }
        if (failure.getCause() instanceof TypeConversionException cause
                && failure.getArgSpec() instanceof OptionSpec option) {
            return option.longestName() + ": " + cause.getMessage();
        }
        return String.valueOf(failure.getMessage());
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        String reason;
        if (failure instanceof CommandFailure) {
            LOG.info("{} failed", name, failure);
            reason = String.valueOf(failure.getMessage());
        } else {
            LOG.error("{} failed unexpectedly", name, failure);
            reason = "unexpected failure: " + (failure instanceof FileSystemException ? reason(failure) : failure);
        }
        command.getErr()
                .println("sluice: " + Printable.text(reason.lines().findFirst().orElse(reason)));
        return failure instanceof WrongArgument ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** Java calls a user without a name "?". */
    private static String user() {
        String name = System.getProperty("user.name");
        return name.equals("?") ? "this user" : name;
    }
}
