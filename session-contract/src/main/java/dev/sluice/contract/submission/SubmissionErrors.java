package dev.sluice.contract.submission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * Everything that is wrong with a submission: texts by field, and the same for each note. At most {@value #MAX_NOTES} notes' errors are kept, the
 * rest are counted.
 */
public final class SubmissionErrors {

    /** So many notes' errors are listed. */
    public static final int MAX_NOTES = 100;

    /** The name under which errors stand that belong to no field. */
    static final String NO_FIELD = "non_field_errors";

    private static final String NOTES = "notes";

    // Made when there is something to keep: most submissions keep the rules.
    private Map<String, List<String>> fields = Map.of();
    private List<NoteErrors> notes = List.of();
    private int moreNotes;
    private int noteCount;

    /** Errors of one note, by field; {@code index} counts from 0. */
    public record NoteErrors(int index, Map<String, List<String>> fields) {}

    /** A note names a session that its project does not have. */
    public static SubmissionErrors ofMissingSession(long session) {
        SubmissionErrors errors = new SubmissionErrors();
        errors.add("analysis_session", Texts.noSuchId(Long.toString(session)));
        return errors;
    }

    /** Whether nothing is wrong. */
    public boolean isEmpty() {
        return fields.isEmpty() && notes.isEmpty();
    }

    /** Errors by field, without those of the notes. */
    public Map<String, List<String>> fields() {
        return fields;
    }

    /** Errors of the first {@value #MAX_NOTES} notes that have any. */
    public List<NoteErrors> notes() {
        return notes;
    }

    void add(String field, String text) {
        if (fields.isEmpty()) {
            fields = new LinkedHashMap<>();
        }
        add(fields, field, text);
    }

    // Each text of a field once, and a name that the body made up cut: what a body can have us say stays small.
    private static void add(Map<String, List<String>> fields, String field, String text) {
        List<String> texts = fields.computeIfAbsent(Texts.cut(field), key -> new ArrayList<>(1));
        if (!texts.contains(text)) {
            texts.add(text);
        }
    }

    void addToNote(int index, String field, String text) {
        if (notes.isEmpty() || notes.getLast().index() != index) {
            if (notes.size() == MAX_NOTES) {
                return;
            }
            if (notes.isEmpty()) {
                notes = new ArrayList<>();
            }
            notes.add(new NoteErrors(index, new LinkedHashMap<>()));
        }
        add(notes.getLast().fields(), field, text);
    }

    /** To be called once for each note that has errors beyond the listed ones. */
    void countUnlistedNote() {
        moreNotes++;
    }

    boolean isFull() {
        return notes.size() == MAX_NOTES;
    }

    /** An error of the whole list takes the place of those of its notes. */
    void setNoteCount(int count) {
        noteCount = count;
        if (fields.containsKey(NOTES)) {
            notes = List.of();
            moreNotes = 0;
        }
    }

    /** Writes them as the contract's object: texts by field, one entry per note, {@code {}} where a note is fine. */
    public void writeTo(JsonGenerator json) {
        json.writeStartObject();
        writeFieldsTo(json);
        if (!notes.isEmpty()) {
            writeNotes(json);
        }
        if (moreNotes > 0) {
            json.writeStringProperty(
                    "detail",
                    "The first " + MAX_NOTES + " notes with errors are listed, and " + moreNotes
                            + " more notes with errors");
        }
        json.writeEndObject();
    }

    /** Writes the texts by field, without the braces around them and without those of the notes. */
    public void writeFieldsTo(JsonGenerator json) {
        fields.forEach((field, texts) -> writeTexts(json, field, texts));
    }

    private void writeNotes(JsonGenerator json) {
        json.writeArrayPropertyStart(NOTES);
        int next = 0;
        for (NoteErrors note : notes) {
            for (; next < note.index(); next++) {
                writeEmpty(json);
            }
            json.writeStartObject();
            note.fields().forEach((field, texts) -> writeTexts(json, field, texts));
            json.writeEndObject();
            next++;
        }
        for (; moreNotes == 0 && next < noteCount; next++) {
            writeEmpty(json);
        }
        json.writeEndArray();
    }

    private static void writeEmpty(JsonGenerator json) {
        json.writeStartObject();
        json.writeEndObject();
    }

    private static void writeTexts(JsonGenerator json, String field, List<String> texts) {
        json.writeArrayPropertyStart(field);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }
}
