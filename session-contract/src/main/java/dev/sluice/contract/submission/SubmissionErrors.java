package dev.sluice.contract.submission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * The errors of a submission: texts by field, and the same for each note. The errors of at most {@value #MAX_NOTES} notes are kept; further notes
 * are counted.
 */
public final class SubmissionErrors {

    public static final int MAX_NOTES = 100;

    /** The key of errors that concern no single field. */
    static final String NO_FIELD = "non_field_errors";

    private static final String NOTES = "notes";

    // Allocated with the first error: most submissions are valid.
    private Map<String, List<String>> fields = Map.of();
    private List<NoteErrors> notes = List.of();
    private int moreNotes;
    private int noteCount;

    /** The errors of one note by field; {@code index} counts from 0. */
    private record NoteErrors(int index, Map<String, List<String>> fields) {}

    public static SubmissionErrors ofMissingSession(long session) {
        SubmissionErrors errors = new SubmissionErrors();
        errors.add("analysis_session", Texts.noSuchId(Long.toString(session)));
        return errors;
    }

    public boolean isEmpty() {
        return fields.isEmpty() && notes.isEmpty();
    }

    void add(String field, String text) {
        if (fields.isEmpty()) {
            fields = new LinkedHashMap<>();
        }
        add(fields, field, text);
    }

    // Each text is kept once per field, and names the body made up are cut, to keep answers small whatever the body.
    // Names may have a NUL, which none in the store can.
    private static void add(Map<String, List<String>> fields, String field, String text) {
        String name = Texts.cut(field).replace('\0', '\uFFFD');
        List<String> texts = fields.computeIfAbsent(name, key -> new ArrayList<>(1));
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

    /** Counts a note with errors that are not listed; call once per note. */
    void countUnlistedNote() {
        moreNotes++;
    }

    boolean isFull() {
        return notes.size() == MAX_NOTES;
    }

    /** Sets the number of notes, once all errors are known; an error of the whole list replaces those of its notes. */
    void setNoteCount(int count) {
        noteCount = count;
        if (fields.containsKey(NOTES)) {
            notes = List.of();
            moreNotes = 0;
        }
    }

    /** Writes the errors as the contract's object: texts by field, and one entry per note, {@code {}} for a valid one. */
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
                            + (moreNotes == 1 ? " more note" : " more notes") + " with errors");
        }
        json.writeEndObject();
    }

    /** Writes the texts by field, without the surrounding braces and without those of the notes. */
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
