package dev.sluice.ingest.feed;

import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.ingest.feed.FeedLines.Line;
import dev.sluice.ingest.publish.Acknowledgement;
import dev.sluice.service.failure.FatalErrors;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a feed, checks each line as a single submission is checked, and hands it over to the log. Waits when the log does not keep up, which slows
 * the client down. The feed's end always goes through the window, after everything before it.
 */
final class FeedReader implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

    private final FeedLines lines;
    private final FeedLog log;
    private final LineErrors errors;
    private final Window window;
    private final Pace pace;
    private final SubmissionValidator validator;
    private final TimeSlice slice = new TimeSlice();
    private long line;

    FeedReader(
            FeedOptions options,
            FeedLines lines,
            FeedLog log,
            Window window,
            Pace pace,
            SubmissionValidator validator) {
        this.lines = lines;
        this.log = log;
        this.errors = new LineErrors(!options.everyResult());
        this.window = window;
        this.pace = pace;
        this.validator = validator;
        this.line = options.fromLine() - 1;
    }

    @Override
    public void run() {
        try {
            FeedEnd end = end();
            window.put(new FeedEntry.Ended(line, end));
        } catch (InterruptedException _) {
            // Nobody interrupts this thread on purpose. If something does, the settling thread finds that it has ended
            // without an end, and answers 500.
        } finally {
            window.handOver();
        }
    }

    private FeedEnd end() throws InterruptedException {
        try {
            return readAll();
        } catch (Expansion.TooMuchException e) {
            return new FeedEnd.TooMuch(String.valueOf(e.getMessage()));
        } catch (LineMemory.NoneLeftException e) {
            return new FeedEnd.Unavailable(String.valueOf(e.getMessage()));
        } catch (Expansion.DamagedException e) {
            return new FeedEnd.Damaged(String.valueOf(e.getMessage()));
        } catch (ZipException | ProtocolException e) {
            return new FeedEnd.Malformed(String.valueOf(e.getMessage()));
        } catch (Window.StoppedException _) {
            return new FeedEnd.Unavailable(FeedEnd.STOPPING);
        } catch (IOException _) {
            return new FeedEnd.CutOff();
        } catch (RuntimeException | Error e) {
            FatalErrors.endProcessIfFatal(e);
            LOG.error("Feed {} of project {} failed at line {}", log.feedId(), log.project(), line + 1, e);
            return new FeedEnd.Failed();
        }
    }

    private FeedEnd readAll() throws IOException, InterruptedException {
        while (true) {
            Line next = lines.next();
            slice.giveWay();
            if (line == FeedOptions.MAX_LINE && !(next instanceof Line.End)) {
                return new FeedEnd.Malformed("a feed has at most " + FeedOptions.MAX_LINE + " lines");
            }
            switch (next) {
                case Line.Text(var bytes) -> {
                    pace.await(bytes.length);
                    take(bytes);
                }
                case Line.TooLong(var bytes) -> {
                    pace.await(lines.maxLine());
                    refuse("The line has " + bytes + " bytes: expected at most " + lines.maxLine() + ".");
                }
                case Line.Blank() -> line++;
                case Line.End() -> {
                    return new FeedEnd.Complete();
                }
            }
        }
    }

    private void take(byte[] session) throws IOException, InterruptedException {
        switch (validator.validateSession(session, log.project(), new DocumentSize())) {
            case Validation.Valid<?> _ -> begin(session);
            case Validation.Invalid(var found) -> refuse(errors.of(found));
            case Validation.Unreadable(var reason) -> refuse(reason);
            case Validation.TooLarge<?> tooLarge -> refuse(tooLarge.reason());
        }
    }

    private void begin(byte[] session) throws IOException, InterruptedException {
        window.take(session.length);
        long number = line + 1;
        Acknowledgement acknowledgement = log.begin(number, session);
        line = number;
        window.put(new FeedEntry.Begun(number, acknowledgement));
        if (acknowledgement.isKnown()) {
            // An answer this soon is a refusal, which may have taken a while, as those of further lines would.
            window.handOver();
        }
    }

    private void refuse(String detail) throws IOException, InterruptedException {
        refuse(LineErrors.of(detail));
    }

    private void refuse(byte[] json) throws IOException, InterruptedException {
        window.take(json.length);
        line++;
        window.put(new FeedEntry.Bad(line, json));
    }
}
