package dev.sluice.test.history;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import dev.sluice.test.history.Submitted.Content;
import dev.sluice.test.history.Submitted.NoteContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The expected result of processing a whole history of one partition, computed in one pass from the written rules with all records at hand. */
public final class ExpectedProjection {

    /** The outcome of a record: its kind and, if it can be read, the submission that it reads as. */
    private record Result(String kind, @Nullable Integer as, int root) {}

    private record StandingNote(int offset, AnalysisType type, NoteContent note) {}

    private final int partition;
    private final List<Submitted> history;
    private final IntToLongFunction received;
    private final List<Result> results = new ArrayList<>();
    private final Map<String, Integer> claims = new HashMap<>();
    private final Map<String, List<StandingNote>> notes = new TreeMap<>();
    private final Map<Long, Map<String, Long>> counts = new TreeMap<>();
    private final Map<Long, List<String>> verifications = new TreeMap<>();

    /** @param received maps an offset to the record's timestamp in the log */
    public ExpectedProjection(int partition, List<Submitted> history, IntToLongFunction received) {
        this.partition = partition;
        this.history = history;
        this.received = received;
        for (int i = 0; i < history.size(); i++) {
            results.add(decide(i));
            apply(i);
        }
    }

    /** The tasks whose status a submission changed, such as {@code 1-T6 null fail}, in the order of its notes; by the submission's id. */
    public Map<Long, List<String>> verifications() {
        return verifications;
    }

    public Projection projection() {
        Map<Long, String> documents = new TreeMap<>();
        for (int i = 0; i < results.size(); i++) {
            Result one = results.get(i);
            Integer as = one.as();
            documents.put(
                    id(i),
                    one.kind()
                            + (one.kind().equals("duplicate") && as != null ? " of " + id(as) : "")
                            + (one.root() == i ? "" : " again " + id(one.root())));
        }
        Map<String, String> tasks = new TreeMap<>();
        notes.forEach((task, all) -> tasks.put(task, text(all)));
        Map<String, Long> owners = new TreeMap<>();
        claims.forEach((key, offset) -> owners.put(key, id(offset)));
        return new Projection(documents, tasks, counts, owners);
    }

    /** The state that the outcome of each submission should report, by id. */
    public Map<Long, String> states() {
        Map<Long, String> states = new TreeMap<>();
        for (int i = 0; i < results.size(); i++) {
            states.put(
                    id(i),
                    switch (results.get(i).kind()) {
                        case "session", "note" -> "stored";
                        case "dead-letter" -> "dead-lettered";
                        default -> results.get(i).kind();
                    });
        }
        return states;
    }

    private Result decide(int i) {
        Submitted submitted = history.get(i);
        if (submitted.content() instanceof Content.NoJson) {
            return new Result("dead-letter", null, i);
        }
        Integer again = earlier(submitted.resubmissionOf(), i);
        int root = again == null ? i : results.get(again).root();
        if (isFaulty(submitted, again, i)) {
            return new Result("rejected", null, root);
        }
        if (again != null && results.get(again).as() != null) {
            return new Result("duplicate", results.get(again).as(), root);
        }
        List<String> keys = keys(submitted, again == null ? null : root);
        for (String key : keys) {
            Integer first = claims.get(key);
            if (first != null) {
                return isSame(history.get(first), submitted)
                        ? new Result("duplicate", first, root)
                        : new Result("rejected", null, root);
            }
        }
        keys.forEach(key -> claims.put(key, i));
        return new Result(submitted.content() instanceof Content.LoneNote ? "note" : "session", i, root);
    }

    private boolean isFaulty(Submitted submitted, @Nullable Integer again, int i) {
        return submitted.content() instanceof Content.Invalid
                || (submitted.content() instanceof Content.LoneNote note
                        && note.session() != null
                        && typeOfSession(note.session(), i) == null)
                || (submitted.resubmissionOf() != null && again == null);
    }

    private List<String> keys(Submitted submitted, @Nullable Integer resubmitted) {
        List<String> keys = new ArrayList<>();
        if (resubmitted != null) {
            keys.add(submitted.project() + " resubmission " + id(resubmitted));
        }
        if (submitted.key() != null) {
            keys.add(submitted.project() + " key " + submitted.key());
        }
        return keys;
    }

    private long id(int offset) {
        return IdBase.NONE.idOf(partition, offset).value();
    }

    private static boolean isSame(Submitted one, Submitted other) {
        return one.content().equals(other.content());
    }

    private @Nullable Integer earlier(@Nullable Long id, int than) {
        if (id == null || id < 256 || id >= id(than) || id % 256 != partition) {
            return null;
        }
        int offset = (int) (id / 256) - 1;
        return history.get(offset).project() == history.get(than).project() ? offset : null;
    }

    private @Nullable AnalysisType typeOfSession(Long id, int than) {
        Integer offset = earlier(id, than);
        Integer as = offset == null ? null : results.get(offset).as();
        return as != null && history.get(as).content() instanceof Content.Session session ? session.type() : null;
    }

    private void apply(int i) {
        Submitted submitted = history.get(i);
        switch (results.get(i).kind()) {
            case "session" -> {
                Content.Session session = (Content.Session) submitted.content();
                count(submitted.project(), "sessions." + session.type().slug());
                count(submitted.project(), "states.stored");
                apply(i, session.type(), session.notes());
            }
            case "note" -> {
                Content.LoneNote lone = (Content.LoneNote) submitted.content();
                AnalysisType type = lone.session() == null ? null : typeOfSession(lone.session(), i);
                count(submitted.project(), "states.stored");
                apply(i, type == null ? AnalysisType.MANUAL : type, List.of(lone.note()));
            }
            case "duplicate" -> count(submitted.project(), "states.duplicate");
            case "rejected", "dead-letter" -> count(submitted.project(), "states.rejected");
            default -> {}
        }
    }

    private void count(long project, String what) {
        counts.computeIfAbsent(project, key -> new TreeMap<>()).merge(what, 1L, Long::sum);
    }

    private void apply(int i, AnalysisType type, List<NoteContent> content) {
        List<String> tasks = content.stream()
                .map(note -> history.get(i).project() + "-" + note.task())
                .distinct()
                .toList();
        List<String> before = tasks.stream().map(this::status).toList();
        content.forEach(note -> add(i, type, note));
        List<String> changes = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            String after = status(tasks.get(task));
            if (!after.equals(before.get(task))) {
                changes.add(tasks.get(task) + " " + before.get(task) + " " + after);
            }
        }
        verifications.put(id(i), changes);
    }

    private String status(String task) {
        List<StandingNote> all = notes.getOrDefault(task, List.of());
        return all.isEmpty() ? "null" : text(all).split(" ", 2)[0];
    }

    private void add(int i, AnalysisType type, NoteContent note) {
        notes.computeIfAbsent(history.get(i).project() + "-" + note.task(), key -> new ArrayList<>())
                .add(new StandingNote(i, type, note));
    }

    private String text(List<StandingNote> all) {
        Map<String, NoteStatus> standing = new TreeMap<>();
        NoteStatus overall = NoteStatus.NONE;
        for (int i = 0; i < all.size(); i++) {
            StandingNote standingNote = all.get(i);
            boolean replaced = all.subList(i + 1, all.size()).stream()
                    .anyMatch(later -> later.note().behaviour() == Behaviour.REPLACE
                            || (later.note().behaviour() == Behaviour.REPLACE_SCANNER
                                    && later.type() == standingNote.type()));
            if (!replaced) {
                standing.merge(standingNote.type().slug(), standingNote.note().status(), NoteStatus::or);
                overall = overall.or(standingNote.note().status());
            }
        }
        Map<String, String> slugs = new TreeMap<>();
        standing.forEach((type, status) -> slugs.put(type, status.slug()));
        return overall.slug() + " " + slugs + " notes=" + all.size() + " updated="
                + received.applyAsLong(all.getLast().offset());
    }
}
