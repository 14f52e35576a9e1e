package dev.sluice.standalone.feed;

import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a run of a feed begins: where an earlier run of the same feed stopped, or anew.
 *
 * @param input what is fed
 * @param target the address and project that it is fed to
 * @param key the key that the user chose; null for the former one or a new one
 * @param fromLine the line that the user chose to begin with
 * @param restart whether to forget an earlier run
 * @param rejectedFile the file that the user chose for bad lines; null for the default
 */
record Beginning(
        FeedInput input,
        String target,
        @Nullable String key,
        @Nullable Long fromLine,
        boolean restart,
        @Nullable Path rejectedFile) {

    /** @throws CommandFailure if an earlier run was of another feed */
    FeedState state() throws IOException {
        Optional<Path> stateFile = input.stateFile();
        String fingerprint = stateFile.isPresent() ? FeedState.fingerprint(input.file()) : "";
        Optional<FeedState> known =
                stateFile.isPresent() && !restart ? FeedState.read(stateFile.get()) : Optional.empty();
        if (known.isPresent()) {
            return goOn(known.get(), fingerprint);
        }
        String newKey = key == null ? "feed-" + UUID.randomUUID() : key;
        return new FeedState(target, newKey, fingerprint, givenBadLines(), nothingReached(), false);
    }

    /** The files of bad lines of a run that begins with {@code state}. */
    RejectedLines rejectedAfter(FeedState state) {
        return rejectedFile == null && !input.isStandardInput()
                ? RejectedLines.ofOneFeed(input.badLines(), state.reached())
                : RejectedLines.shared(rejectedFile == null ? input.badLines() : rejectedFile);
    }

    /** @throws CommandFailure if bad lines cannot be written to the file that the user chose */
    void requirePlaceFor(RejectedLines bad) throws IOException {
        requireNotFed(bad.rejected());
        requireNotFed(bad.errors());
        Path folder = bad.rejected().toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandFailure("there is no folder " + folder + " for the bad lines");
        }
        if (Files.isDirectory(bad.rejected())) {
            throw new CommandFailure(bad.rejected() + " is a folder: expected a file for the bad lines");
        }
    }

    // Each bad line would add another one to what is read.
    private void requireNotFed(Path written) throws IOException {
        Path fed = input.isStandardInput() ? Path.of("/dev/stdin") : input.file();
        if (Files.exists(fed) && Files.exists(written) && Files.isSameFile(fed, written)) {
            throw new CommandFailure(
                    "bad lines would go to " + written + ", which is what is fed: choose another file with --rejected");
        }
    }

    private FeedState goOn(FeedState before, String fingerprint) {
        List<String> changed = changed(before, fingerprint);
        if (changed.isEmpty() && before.line() == 0) {
            // Nothing is settled yet, so an address or project that was wrong must not block the right one. Keep the
            // key, in case part of the feed got through.
            return before.withTarget(target);
        }
        if (!before.target().equals(target)) {
            changed.add("it is to be fed to " + target + " now");
        }
        if (!changed.isEmpty()) {
            throw new CommandFailure(input.name() + " was fed to " + before.target() + " under the key " + before.key()
                    + " through line " + before.line() + ", and " + String.join(", and ", changed) + ": "
                    + (before.fingerprint().equals(fingerprint) ? ofSameFile(before) : ofChangedFile(before)));
        }
        return before;
    }

    private List<String> changed(FeedState before, String fingerprint) {
        List<String> changed = new ArrayList<>();
        if (!before.fingerprint().equals(fingerprint)) {
            changed.add("the file has changed since");
        }
        if (key != null && !key.equals(before.key())) {
            changed.add("--key is another now");
        }
        if (!Objects.equals(before.badLines(), givenBadLines())) {
            changed.add("--rejected is another now");
        }
        if (fromLine != null) {
            changed.add("--from-line is given now");
        }
        return changed;
    }

    private static String ofSameFile(FeedState before) {
        return "--restart --key " + before.key() + " feeds all of it and stores no line again that its project has";
    }

    // Under the same key a line counts as the one that had its number.
    private static String ofChangedFile(FeedState before) {
        return "--restart feeds all of it as new, and stores again what was accepted before; if lines were only added at the end,"
                + " --restart --key " + before.key() + " --from-line " + (before.line() + 1) + " feeds just those";
    }

    private FeedState.Reached nothingReached() {
        return new FeedState.Reached(fromLine == null ? 0 : fromLine - 1, 0, 0, 0, 0);
    }

    private @Nullable String givenBadLines() {
        return rejectedFile == null ? null : rejectedFile.toAbsolutePath().toString();
    }
}
