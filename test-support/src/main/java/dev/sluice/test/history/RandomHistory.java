package dev.sluice.test.history;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.test.history.Submitted.Content;
import dev.sluice.test.history.Submitted.NoteContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Generates histories of a few projects that repeatedly use the same tasks, keys and earlier submissions, with every kind of error. */
public final class RandomHistory {

    private static final int TASKS = 4;
    // Spaces the tasks so that the store keeps some of them in one document and some in different ones.
    private static final int TASKS_APART = 70;
    private static final int KEY_SHARED_BY = 20;
    private static final List<String> KEYS = List.of("a", "b", "c d");

    private final Random random;
    private final int partition;
    private final List<Long> projects;
    private final List<Submitted> history = new ArrayList<>();

    /** Generates records for one partition and for projects that belong to it. */
    public RandomHistory(Random random, int partition, List<Long> projects) {
        this.random = random;
        this.partition = partition;
        this.projects = List.copyOf(projects);
    }

    public List<Submitted> of(int length) {
        while (history.size() < length) {
            history.add(next());
        }
        return List.copyOf(history.subList(0, length));
    }

    private Submitted next() {
        long project = oneOf(projects);
        Content content = history.isEmpty() || random.nextInt(4) > 0
                ? content()
                : earlier().content();
        String key = random.nextInt(4) == 0 ? key() : null;
        if (history.isEmpty() || random.nextInt(6) > 0) {
            return new Submitted(project, content, key, null);
        }
        int offset = random.nextInt(history.size());
        Submitted again = history.get(offset);
        // Mostly like the resubmit call, occasionally as only a faulty producer would.
        return random.nextInt(5) > 0
                ? new Submitted(again.project(), again.content(), again.key(), id(offset))
                : new Submitted(project, content, key, id(random.nextInt(history.size() + 3)));
    }

    /** Returns a key that many records use, or one that only neighboring records share. */
    private String key() {
        return random.nextBoolean() ? oneOf(KEYS) : "near " + history.size() / KEY_SHARED_BY;
    }

    private long id(int offset) {
        return IdBase.NONE.idOf(partition, offset).value();
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
                yield new Content.Session(oneOf(List.of(AnalysisType.FORTIFY, AnalysisType.VERACODE)), notes);
            }
        };
    }

    private NoteContent note() {
        return new NoteContent(
                "T" + TASKS_APART * random.nextInt(TASKS),
                oneOf(List.of(Behaviour.values())),
                oneOf(List.of(NoteStatus.values())));
    }

    /** Mostly the id of an existing session, but it may belong to another project, be no session, or not exist yet. */
    private @Nullable Long session() {
        return random.nextInt(3) == 0 ? null : id(random.nextInt(history.size() + 2));
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
