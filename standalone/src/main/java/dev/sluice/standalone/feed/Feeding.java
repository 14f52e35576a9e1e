package dev.sluice.standalone.feed;

import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Sends one segment after another, writes down bad lines, and tracks through which line everything is settled. */
final class Feeding {

    // The maximum number of bad lines that a response lists; fewer if their errors are long.
    private static final int PART = 1_000;

    private static final String NO_SESSION =
            "{\"detail\":\"The line is null, or longer than " + Sessions.LONGEST + " bytes and left out here.\"}";

    private final FeedClient client;
    private final RejectedLines rejected;
    private final Account account;
    private FeedState state;
    private boolean isStopped;

    /** @param account is called with each new state, after everything that belongs to it is on disk */
    Feeding(FeedClient client, RejectedLines rejected, FeedState state, Account account) {
        this.client = client;
        this.rejected = rejected;
        this.state = state;
        this.account = account;
    }

    @FunctionalInterface
    interface Account {
        void settled(FeedState before, FeedState after) throws IOException;
    }

    synchronized FeedState state() {
        return state;
    }

    /** Returns what is settled, and lets nothing more be settled: whoever goes on after that state must not find bad lines of a later one. */
    synchronized FeedState stop() {
        isStopped = true;
        return state;
    }

    /**
     * Runs to the end of the input.
     *
     * @throws InterruptedException if it is stopped
     */
    void run(Segments segments) throws IOException, InterruptedException {
        // Save the key before anything is sent: a feed that restarted without it would store everything twice.
        settle(begun -> begun);
        rejected.begin();
        for (Optional<Segment> next = segments.next(); next.isPresent(); next = segments.next()) {
            send(next.get());
        }
        settle(FeedState::completed);
        rejected.finish();
    }

    private void send(Segment segment) throws IOException, InterruptedException {
        Segment left = segment;
        while (true) {
            SegmentAnswer answer = client.send(left);
            take(left, answer);
            if (answer.durableThrough() == left.lastLine()) {
                return;
            }
            left = left.from(answer.durableThrough() + 1);
        }
    }

    private void take(Segment segment, SegmentAnswer answer) throws IOException, InterruptedException {
        writeDown(segment, answer);
        if (!answer.listsAll()) {
            askForTheRest(segment, answer);
        }
        settle(before -> before.after(answer, rejected));
    }

    // The segment has more bad lines than the response lists, so the lines after the last listed one are sent again, in
    // small parts, until as many are known as there are. The key is the same, so nothing is stored twice.
    private void askForTheRest(Segment segment, SegmentAnswer first) throws InterruptedException {
        long missing = first.rejected() - first.bad().size();
        long known = lastListed(first);
        // As many as a response can account for: good lines among those sent again are duplicates in the log.
        long most = Math.min(PART, known - segment.firstLine() + 1);
        while (missing > 0 && known < first.durableThrough()) {
            Segment part = segment.from(known + 1).atMost((int) Math.min(most, first.durableThrough() - known));
            SegmentAnswer answer = client.send(part);
            writeDown(part, answer);
            missing -= answer.bad().size();
            known = answer.listsAll() ? answer.durableThrough() : lastListed(answer);
            most = answer.listsAll() ? Math.min(PART, 2 * most) : known - part.firstLine() + 1;
        }
    }

    private static long lastListed(SegmentAnswer answer) {
        if (answer.bad().isEmpty()) {
            throw new CommandFailure("the server found " + answer.rejected() + " bad lines up to line "
                    + answer.durableThrough() + ", and lists none of them");
        }
        return answer.bad().getLast().line();
    }

    private void writeDown(Segment segment, SegmentAnswer answer) {
        for (SegmentAnswer.BadLine bad : answer.bad()) {
            writeDown(segment, bad);
        }
    }

    private void writeDown(Segment segment, SegmentAnswer.BadLine bad) {
        byte[] line = segment.line(bad.line());
        boolean wasTooLong = Arrays.equals(line, Sessions.TOO_LONG);
        rejected.add(bad.line(), line, wasTooLong ? NO_SESSION : bad.errors());
    }

    private synchronized void settle(UnaryOperator<FeedState> next) throws IOException, InterruptedException {
        if (isStopped) {
            throw new InterruptedException("stopped after line " + state.line());
        }
        rejected.flush();
        FeedState reached = next.apply(state);
        account.settled(state, reached);
        state = reached;
    }
}
