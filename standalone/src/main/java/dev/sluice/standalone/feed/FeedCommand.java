package dev.sluice.standalone.feed;

import com.github.luben.zstd.ZstdIOException;
import dev.sluice.http.api.ApiResource;
import dev.sluice.ingest.feed.LineKey;
import dev.sluice.standalone.command.ApiOptions;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.standalone.command.StatusLine;
import dev.sluice.standalone.command.WrongArgument;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice feed}: reports progress on standard error and the result as the exit code. */
@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        description = {
            "Submits many sessions: each line of NDJSON or each element of a JSON array, optionally compressed with gzip or zstd.",
            "Retries by itself where that helps. After an interruption the same command, without --restart, resumes where it stopped; nothing is stored twice."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all of it is durable",
            "1:not all of it was fed; once what the message says is mended, the same command resumes",
            "2:wrong arguments",
            "3:all of it was fed, but some lines are bad: they are in a file, to be fixed and fed",
            "130:interrupted, otherwise as 1"
        })
public final class FeedCommand implements Callable<Integer> {

    private static final int SOME_BAD = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "What to feed; - for standard input.")
    private String name = "";

    @Option(names = "--project", required = true, paramLabel = "N", description = "The project the sessions belong to.")
    private long project;

    @Mixin
    private ApiOptions api = new ApiOptions();

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The feed's Idempotency-Key, at most 200 characters. Default: a new one, kept beside the file.")
    private @Nullable String key;

    @Option(
            names = "--from-line",
            paramLabel = "N",
            description =
                    "Begin with this line, and skip those before it: for standard input that is fed again under the same --key,"
                            + " or, with --restart and the previous --key, for lines that were added to FILE.")
    private @Nullable Long fromLine;

    @Option(
            names = "--restart",
            description =
                    "Forget how far FILE has been fed, and feed it as new: what was accepted before is stored again,"
                            + " unless it has not changed and --key is the previous one.")
    private boolean restart;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "File to append bad lines to, which several feeds may share. Default: FILE.rejected.ndjson.")
    private @Nullable Path rejectedFile;

    @Option(
            names = "--retry-for",
            paramLabel = "SECONDS",
            description = "How long to retry while nothing gets through. Default: 600.")
    private long retrySeconds = PATIENCE.toSeconds();

    @Override
    public Integer call() throws IOException {
        requireAtLeast(1, "--project", project);
        requireAtLeast(1, "--from-line", fromLine == null ? 1 : fromLine);
        requireAtLeast(0, "--retry-for", retrySeconds);
        requirePossibleKey();
        FeedInput input = new FeedInput(name, System.in);
        if (!input.isStandardInput() && !(Files.isReadable(input.file()) && Files.isRegularFile(input.file()))) {
            throw new CommandFailure(
                    name + " cannot be read: expected a file, or - for standard input, such as a pipe");
        }
        // Before the state is read: of two processes that find none, each would make a key of its own.
        try (Closeable _ = FeedLock.on(input)) {
            return feed(input);
        }
    }

    private int feed(FeedInput input) throws IOException {
        Beginning beginning =
                new Beginning(input, api.address() + " project " + project, key, fromLine, restart, rejectedFile);
        FeedState state = beginning.state();
        FeedReport report = report();
        RejectedLines rejected = beginning.rejectedAfter(state);
        if (state.complete()) {
            rejected.finish();
            report.fedAlready(state);
            return exitCode(state);
        }
        beginning.requirePlaceFor(rejected);
        report.goesOn(state);
        return run(beginning, state, rejected, report);
    }

    private static int exitCode(FeedState ended) {
        return ended.reached().rejected() == 0 ? 0 : SOME_BAD;
    }

    private void requireAtLeast(long least, String option, long given) {
        if (given < least) {
            throw new WrongArgument(option + " is " + given + ": expected a whole number from " + least);
        }
    }

    private void requirePossibleKey() {
        if (key != null && !LineKey.isPossibleFor(key)) {
            throw new WrongArgument("--key has " + key.length() + " characters: expected 1 to " + LineKey.MAX_FEED_KEY
                    + ", printable ASCII");
        }
    }

    private int run(Beginning beginning, FeedState begun, RejectedLines rejected, FeedReport report)
            throws IOException {
        FeedInput input = beginning.input();
        Progress progress = new Progress(spec.commandLine().getErr(), StatusLine.isTerminalThere(), input.size());
        try (FeedClient client = client(begun, progress);
                Segments segments = new Segments(input::open, begun.line() + 1, input.patience())) {
            Feeding feeding =
                    new Feeding(client, rejected, begun, (before, after) -> settled(input, progress, before, after));
            Thread onInterrupt =
                    new Thread(() -> report.stopped(progress, feeding.stop(), rejected, "interrupted", false));
            Runtime.getRuntime().addShutdownHook(onInterrupt);
            try {
                feeding.run(segments);
            } catch (CommandFailure | IOException e) {
                boolean isDamaged = e instanceof ZipException
                        || e instanceof ZstdIOException
                        || e instanceof MalformedArrayException;
                report.stopped(progress, feeding.state(), rejected, FailureLine.reason(e), isDamaged);
                return 1;
            } catch (InterruptedException _) {
                // Whoever stopped it says how to go on.
                return 1;
            } finally {
                forget(onInterrupt);
            }
            report.ended(progress, feeding.state(), rejected);
            return exitCode(feeding.state());
        }
    }

    private static void settled(FeedInput input, Progress progress, FeedState before, FeedState after)
            throws IOException {
        Optional<Path> stateFile = input.stateFile();
        if (stateFile.isPresent()) {
            after.write(stateFile.get());
        }
        progress.at(after.line() - before.line(), after.line(), after.reached().rejected(), input.read());
    }

    private static void forget(Thread onInterrupt) {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException _) {
            // Ctrl-C arrived as the feed ended; the result is printed anyway.
        }
    }

    private FeedReport report() {
        return new FeedReport(
                spec.commandLine().getErr(),
                name,
                project,
                api.address().toString(),
                key != null,
                restart || fromLine != null);
    }

    private FeedClient client(FeedState begun, Progress progress) {
        return new FeedClient(
                URI.create(api.address() + ApiResource.SESSIONS.pathIn(project)),
                api.token().reveal(),
                begun.key(),
                ANSWER_WITHIN,
                new Retries(Duration.ofSeconds(retrySeconds), progress::note));
    }
}
