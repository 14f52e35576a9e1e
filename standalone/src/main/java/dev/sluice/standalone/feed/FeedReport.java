package dev.sluice.standalone.feed;

import dev.sluice.http.api.ApiResource;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What a feed says about its result, and about how to go on.
 *
 * @param name the file, or - for standard input
 * @param server the address of the API
 * @param hasOwnKey whether the key was given, not made
 * @param isBegun whether it was told where to begin
 */
record FeedReport(PrintWriter to, String name, long project, String server, boolean hasOwnKey, boolean isBegun) {

    void fedAlready(FeedState state) {
        say(name + " has been fed already: " + state.reached().accepted() + " accepted, "
                + state.reached().rejected() + " bad. --restart without --key " + state.key()
                + " would store it again");
    }

    void goesOn(FeedState state) {
        if (!isBegun && state.line() > 0) {
            say("going on after line " + state.line());
        }
    }

    void ended(Progress progress, FeedState state, RejectedLines rejected) {
        progress.clear();
        say(String.format(
                Locale.ROOT,
                "fed %s to project %d: %,d accepted, %,d bad, through line %,d, in %.1f s (%,.0f lines/s)",
                name,
                project,
                state.reached().accepted(),
                state.reached().rejected(),
                state.line(),
                progress.seconds(),
                progress.linesPerSecond()));
        if (state.reached().rejected() > 0) {
            say("the bad lines are in " + rejected.rejected() + ", and what is wrong with each in "
                    + rejected.errors());
        }
        if (hasOwnKey && state.reached().accepted() > 0) {
            say("a line whose number was used for another one under this key is rejected later: see " + server
                    + ApiResource.SUBMISSIONS.pathIn(project) + "?state=rejected");
        }
    }

    /** {@code isDamaged}: whether it cannot be read on, nor will it be by the same command. */
    void stopped(Progress progress, FeedState state, RejectedLines rejected, String reason, boolean isDamaged) {
        progress.clear();
        say(reason);
        String bad = state.reached().rejected() > 0 ? ", or bad and in " + rejected.written() + "," : "";
        say("durable" + bad + " through line " + state.line() + "; " + howToGoOn(state, isDamaged));
    }

    private String howToGoOn(FeedState state, boolean isDamaged) {
        String rest = "--key " + state.key() + " --from-line " + (state.line() + 1);
        if (isDamaged) {
            return "once " + name + " is whole, feed the rest with --restart " + rest;
        }
        if (name.equals(FeedInput.STANDARD_INPUT)) {
            return "feed the same again with " + rest;
        }
        // What says where to begin is not to be said again.
        return (isBegun ? "the same command without --restart and --from-line" : "the same command")
                + " goes on after it";
    }

    private void say(String sentence) {
        to.println("sluice: " + sentence);
    }
}
