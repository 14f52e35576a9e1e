package dev.sluice.processor.batch;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.processor.batch.Submitted.Content;
import dev.sluice.processor.batch.Submitted.NoteContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Histories of a few projects that keep naming the same tasks, keys and earlier submissions, with everything that can go wrong in them. */
final class RandomHistory {

    private static final int PROJECTS = 3;
    private static final int TASKS = 4;
    private static final List<String> KEYS = List.of("a", "b", "c d");

    private final Random random;
    private final List<Submitted> history = new ArrayList<>();

    RandomHistory(Random random) {
        this.random = random;
    }

    List<Submitted> of(int length) {
        while (history.size() < length) {
            history.add(next());
        }
        return history;
    }

    private Submitted next() {
        long project = 1L + random.nextInt(PROJECTS);
        Content content = history.isEmpty() || random.nextInt(4) > 0
                ? content()
                : earlier().content();
        String key = random.nextInt(4) == 0 ? KEYS.get(random.nextInt(KEYS.size())) : null;
        if (history.isEmpty() || random.nextInt(6) > 0) {
            return new Submitted(project, content, key, null);
        }
        int offset = random.nextInt(history.size());
        Submitted again = history.get(offset);
        // Mostly as the resubmit call does it, now and then as only a broken producer would.
        return random.nextInt(5) > 0
                ? new Submitted(again.project(), again.content(), again.key(), Submitted.id(offset))
                : new Submitted(project, content, key, 256L * (1 + random.nextInt(history.size() + 3)));
    }

    private Submitted earlier() {
        return history.get(random.nextInt(history.size()));
    }

    private Content content() {
        return switch (random.nextInt(10)) {
            case 0 -> new Content.Invalid();
            case 1 -> new Content.NoJson();
            case 2, 3, 4, 5 -> new Content.LoneNote(note(), session());
            default -> {
                List<NoteContent> notes = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    notes.add(note());
                }
                yield new Content.Session(oneOf(AnalysisType.FORTIFY, AnalysisType.VERACODE), notes);
            }
        };
    }

    private NoteContent note() {
        return new NoteContent("T" + random.nextInt(TASKS), oneOf(Behaviour.values()), oneOf(NoteStatus.values()));
    }

    /** Mostly one that is there, but it may be of another project, no session, or yet to come. */
    private @Nullable Long session() {
        return random.nextInt(3) == 0 ? null : Submitted.id(random.nextInt(history.size() + 2));
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
