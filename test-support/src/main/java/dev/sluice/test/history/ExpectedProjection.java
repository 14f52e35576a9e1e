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

/** What a whole history of one partition should end up as, by the rules as they are written, in one go, with all of it at hand. */
public final class ExpectedProjection {

    /** What becomes of a record: its kind, and the submission that it reads as, if it reads as one. */
    private record Became(String kind, @Nullable Integer as, int root) {}

    private record Stood(int offset, AnalysisType type, NoteContent note) {}

    private final int partition;
    private final List<Submitted> history;
    private final IntToLongFunction received;
    private final List<Became> became = new ArrayList<>();
    private final Map<String, Integer> claims = new HashMap<>();
    private final Map<String, List<Stood>> notes = new TreeMap<>();
    private final Map<Long, Map<String, Long>> counts = new TreeMap<>();
    private final Map<Long, List<String>> verifications = new TreeMap<>();

    /** @param received by offset the timestamp of the record in the log */
    public ExpectedProjection(int partition, List<Submitted> history, IntToLongFunction received) {
        this.partition = partition;
        this.history = history;
        this.received = received;
        for (int i = 0; i < history.size(); i++) {
            became.add(decide(i));
            follow(i);
        }
    }

    /** By id of what is stored the tasks whose status it changed, as {@code 1-T6 null fail}, in the order of its notes. */
    public Map<Long, List<String>> verifications() {
        return verifications;
    }

    /** What the store should hold. */
    public Projection projection() {
        Map<Long, String> documents = new TreeMap<>();
        for (int i = 0; i < became.size(); i++) {
            Became one = became.get(i);
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

    /** By id the state that outcomes should tell. */
    public Map<Long, String> states() {
        Map<Long, String> states = new TreeMap<>();
        for (int i = 0; i < became.size(); i++) {
            states.put(
                    id(i),
                    switch (became.get(i).kind()) {
                        case "session", "note" -> "stored";
                        case "dead-letter" -> "dead-lettered";
                        default -> became.get(i).kind();
                    });
        }
        return states;
    }

    private Became decide(int i) {
        Submitted submitted = history.get(i);
        if (submitted.content() instanceof Content.NoJson) {
            return new Became("dead-letter", null, i);
        }
        Integer again = earlier(submitted.resubmissionOf(), i);
        int root = again == null ? i : became.get(again).root();
        boolean faulty = submitted.content() instanceof Content.Invalid
                || (submitted.content() instanceof Content.LoneNote note
                        && note.session() != null
                        && typeOfSession(note.session(), i) == null)
                || (submitted.resubmissionOf() != null && again == null);
        if (faulty) {
            return new Became("rejected", null, root);
        }
        if (again != null && became.get(again).as() != null) {
            return new Became("duplicate", became.get(again).as(), root);
        }
        List<String> keys = new ArrayList<>();
        if (again != null) {
            keys.add(submitted.project() + " resubmission " + id(root));
        }
        if (submitted.key() != null) {
            keys.add(submitted.project() + " key " + submitted.key());
        }
        for (String key : keys) {
            Integer first = claims.get(key);
            if (first != null) {
                return isSame(history.get(first), submitted)
                        ? new Became("duplicate", first, root)
                        : new Became("rejected", null, root);
            }
        }
        keys.forEach(key -> claims.put(key, i));
        return new Became(submitted.content() instanceof Content.LoneNote ? "note" : "session", i, root);
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
        Integer as = offset == null ? null : became.get(offset).as();
        return as != null && history.get(as).content() instanceof Content.Session session ? session.type() : null;
    }

    private void follow(int i) {
        Submitted submitted = history.get(i);
        switch (became.get(i).kind()) {
            case "session" -> {
                Content.Session session = (Content.Session) submitted.content();
                count(submitted.project(), "sessions." + session.type().slug());
                count(submitted.project(), "states.stored");
                follow(i, session.type(), session.notes());
            }
            case "note" -> {
                Content.LoneNote lone = (Content.LoneNote) submitted.content();
                AnalysisType type = lone.session() == null ? null : typeOfSession(lone.session(), i);
                count(submitted.project(), "states.stored");
                follow(i, type == null ? AnalysisType.MANUAL : type, List.of(lone.note()));
            }
            case "duplicate" -> count(submitted.project(), "states.duplicate");
            case "rejected", "dead-letter" -> count(submitted.project(), "states.rejected");
            default -> {}
        }
    }

    private void count(long project, String what) {
        counts.computeIfAbsent(project, key -> new TreeMap<>()).merge(what, 1L, Long::sum);
    }

    private void follow(int i, AnalysisType type, List<NoteContent> content) {
        List<String> tasks = content.stream()
                .map(note -> history.get(i).project() + "-" + note.task())
                .distinct()
                .toList();
        List<String> before = tasks.stream().map(this::status).toList();
        content.forEach(note -> stand(i, type, note));
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
        List<Stood> all = notes.getOrDefault(task, List.of());
        return all.isEmpty() ? "null" : text(all).split(" ", 2)[0];
    }

    private void stand(int i, AnalysisType type, NoteContent note) {
        notes.computeIfAbsent(history.get(i).project() + "-" + note.task(), key -> new ArrayList<>())
                .add(new Stood(i, type, note));
    }

    private String text(List<Stood> all) {
        Map<String, NoteStatus> standing = new TreeMap<>();
        NoteStatus overall = NoteStatus.NONE;
        for (int i = 0; i < all.size(); i++) {
            Stood stood = all.get(i);
            boolean replaced = all.subList(i + 1, all.size()).stream()
                    .anyMatch(later -> later.note().behaviour() == Behaviour.REPLACE
                            || (later.note().behaviour() == Behaviour.REPLACE_SCANNER && later.type() == stood.type()));
            if (!replaced) {
                standing.merge(stood.type().slug(), stood.note().status(), NoteStatus::or);
                overall = overall.or(stood.note().status());
            }
        }
        Map<String, String> slugs = new TreeMap<>();
        standing.forEach((type, status) -> slugs.put(type, status.slug()));
        return overall.slug() + " " + slugs + " notes=" + all.size() + " updated="
                + received.applyAsLong(all.getLast().offset());
    }
}
