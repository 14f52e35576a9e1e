package dev.sluice.standalone.command;

import static java.util.stream.Collectors.joining;

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
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints why a command failed on standard error, on one line, and after a wrong argument where help is; the stack trace goes to the log. */
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
        sayWhereHelpIs(command);
        return ExitCode.USAGE;
    }

    private static String wrong(ParameterException failure) {
        return switch (failure) {
            case UnmatchedArgumentException unmatched -> {
                boolean isCommand = !failure.getCommandLine().getSubcommands().isEmpty();
                yield (unmatched.isUnknownOption()
                                ? "unknown option "
                                : isCommand ? "there is no command " : "unexpected argument ")
                        + unmatched.getUnmatched().getFirst();
            }
            case MissingParameterException missing ->
                "missing "
                        + missing.getMissing().stream().map(FailureLine::form).collect(joining(", "));
            case OverwrittenOptionException twice ->
                name(twice.getOverwritten()) + " is given more than once: expected it once";
            case ParameterException e
            when e.getArgSpec() != null && e.getCause() instanceof TypeConversionException cause ->
                name(e.getArgSpec()) + ": " + cause.getMessage();
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String form(ArgSpec argument) {
        return argument.isOption() ? name(argument) + " " + argument.paramLabel() : name(argument);
    }

    private static void sayWhereHelpIs(CommandLine command) {
        command.getErr().println("See \"" + command.getCommandSpec().qualifiedName() + " --help\".");
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        String reason;
        if (failure instanceof CommandFailure) {
            LOG.info("{} failed", name, failure);
            reason = String.valueOf(failure.getMessage()).replaceAll("\\R", " ");
        } else {
            LOG.error("{} failed unexpectedly", name, failure);
            String whole = failure instanceof FileSystemException ? reason(failure) : failure.toString();
            reason = "unexpected failure: " + whole.lines().findFirst().orElse(whole);
        }
        command.getErr().println("sluice: " + Printable.text(reason));
        if (failure instanceof WrongArgument) {
            sayWhereHelpIs(command);
            return ExitCode.USAGE;
        }
        return ExitCode.SOFTWARE;
    }

    /** Java calls a user without a name "?". */
    private static String user() {
        String name = System.getProperty("user.name");
        return name.equals("?") ? "this user" : name;
    }
}
