package dev.sluice.processor.task;

import static dev.sluice.contract.submission.AnalysisType.FORTIFY;
import static dev.sluice.contract.submission.AnalysisType.MANUAL;
import static dev.sluice.contract.submission.AnalysisType.VERACODE;
import static dev.sluice.contract.submission.Behaviour.COMBINE;
import static dev.sluice.contract.submission.Behaviour.REPLACE;
import static dev.sluice.contract.submission.Behaviour.REPLACE_SCANNER;
import static dev.sluice.contract.submission.NoteStatus.FAIL;
import static dev.sluice.contract.submission.NoteStatus.NONE;
import static dev.sluice.contract.submission.NoteStatus.PARTIAL;
import static dev.sluice.contract.submission.NoteStatus.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Behaviour;
import dev.sluice.contract.submission.NoteStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VerificationTest {

    record Note(AnalysisType type, Behaviour behaviour, NoteStatus status) {}

    @Test
    void isNoneBeforeTheFirstNote() {
        assertThat(Verification.NONE.overall()).isEqualTo(NONE);
    }

    @Test
    void failsIfAnythingThatStandsFails() {
        assertThat(after(new Note(FORTIFY, COMBINE, FAIL), new Note(VERACODE, COMBINE, PASS))
                        .overall())
                .isEqualTo(FAIL);
        assertThat(after(new Note(FORTIFY, COMBINE, FAIL), new Note(FORTIFY, COMBINE, PASS))
                        .overall())
                .isEqualTo(FAIL);
    }

    @Test
    void passesOfAPartialAndAPass() {
        assertThat(after(new Note(FORTIFY, COMBINE, PARTIAL), new Note(VERACODE, COMBINE, PASS))
                        .overall())
                .isEqualTo(PASS);
        assertThat(after(new Note(FORTIFY, COMBINE, PASS), new Note(FORTIFY, COMBINE, PARTIAL))
                        .overall())
                .isEqualTo(PASS);
    }

    @Test
    void forgetsWhatTheSameScannerSaidBefore() {
        Verification verification = after(
                new Note(FORTIFY, COMBINE, FAIL),
                new Note(VERACODE, COMBINE, PARTIAL),
                new Note(FORTIFY, REPLACE_SCANNER, NONE));

        assertThat(verification.standing()).isEqualTo(Map.of(FORTIFY.slug(), NONE, VERACODE.slug(), PARTIAL));
        assertThat(verification.overall()).isEqualTo(PARTIAL);
    }

    @Test
    void forgetsEverythingThatWasSaidBefore() {
        Verification verification = after(
                new Note(FORTIFY, COMBINE, FAIL), new Note(VERACODE, COMBINE, FAIL), new Note(MANUAL, REPLACE, PASS));

        assertThat(verification.standing()).isEqualTo(Map.of(MANUAL.slug(), PASS));
    }

    @Property
    void isWhatAFoldOverTheWholeHistoryGives(
            @ForAll @Size(max = 40) List<AnalysisType> types,
            @ForAll @Size(40) List<Behaviour> behaviours,
            @ForAll @Size(40) List<NoteStatus> statuses) {
        List<Note> history = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            history.add(new Note(types.get(i), behaviours.get(i), statuses.get(i)));
        }

        Verification verification = after(history.toArray(Note[]::new));

        assertThat(verification.standing()).isEqualTo(prevailing(standing(history)));
        assertThat(verification.overall()).isEqualTo(worst(standing(history)));
    }

    /** The rules as written: a note stands unless a later one replaces it. */
    private static List<Note> standing(List<Note> history) {
        List<Note> standing = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Note note = history.get(i);
            boolean replaced = history.subList(i + 1, history.size()).stream()
                    .anyMatch(later -> later.behaviour() == REPLACE
                            || (later.behaviour() == REPLACE_SCANNER && later.type() == note.type()));
            if (!replaced) {
                standing.add(note);
            }
        }
        return standing;
    }

    private static Map<String, NoteStatus> prevailing(List<Note> standing) {
        return standing.stream()
                .collect(Collectors.groupingBy(note -> note.type().slug()))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> worst(entry.getValue())));
    }

    private static NoteStatus worst(List<Note> notes) {
        Set<NoteStatus> statuses = notes.stream().map(Note::status).collect(Collectors.toSet());
        for (NoteStatus status : List.of(FAIL, PASS, PARTIAL)) {
            if (statuses.contains(status)) {
                return status;
            }
        }
        return NONE;
    }

    private static Verification after(Note... notes) {
        Verification verification = Verification.NONE;
        for (Note note : notes) {
            verification = verification.after(note.type().slug(), note.behaviour(), note.status());
        }
        return verification;
    }
}
