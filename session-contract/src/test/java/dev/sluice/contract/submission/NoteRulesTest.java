package dev.sluice.contract.submission;

import static dev.sluice.contract.submission.Validating.NOTE;
import static dev.sluice.contract.submission.Validating.session;
import static dev.sluice.contract.submission.Validating.sessionWithNote;
import static dev.sluice.contract.submission.Validating.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteRulesTest {

    @Test
    void takesANoteWithEveryField() {
        assertThat(told(session("""
                        ,"notes":[{"task":"1-CT20","analysis_session":334,"behaviour":"replace-scanner","confidence":"low",\
                        "findings":[{"count":1,"cwe":"80","desc":"Basic XSS"}],"finding_ref":"my_ref","status":"none",\
                        "automatic":true,"task_status_mapping":{"pass":"DONE","partial":"TODO","fail":"TODO"},"extra":1}]"""))).isEqualTo("valid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "task                | \"1-T6\"",
                "task                | \"1-PT1\"",
                "task                | \"1-CT20\"",
                "behaviour           | \"combine\"",
                "behaviour           | \"replace-scanner\"",
                "confidence          | \"low\"",
                "findings            | []",
                "findings            | {\"a\":{\"b\":[null,1.5,\"x\"]}}",
                "status              | \"partial\"",
                "status              | \"fail\"",
                "status              | \"none\"",
                "finding_ref         | null",
                "finding_ref         | \"\"",
                "automatic           | false",
                "task_status_mapping | {}",
                "analysis_session    | null",
                "findings_ref        | \"misspelt\""
            })
    void takesEveryDocumentedValue(String field, String value) {
        assertThat(told(sessionWithNote(field, value))).isEqualTo("valid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "task                | null              | This field may not be null.",
                "task                | \"\"              | This field may not be blank.",
                "task                | 6                 | Not a valid string.",
                "task                | \"T6\"            | \\\"T6\\\" is not a valid task: expected one like \\\"1-T6\\\".",
                "task                | \"1-t6\"          | \\\"1-t6\\\" is not a valid task: expected one like \\\"1-T6\\\".",
                "task                | \"1-T\"           | \\\"1-T\\\" is not a valid task: expected one like \\\"1-T6\\\".",
                "task                | \"1-6\"           | \\\"1-6\\\" is not a valid task: expected one like \\\"1-T6\\\".",
                "task                | \"1-T6 \"         | \\\"1-T6 \\\" is not a valid task: expected one like \\\"1-T6\\\".",
                "task                | \"1T6\"           | \\\"1T6\\\" is not a valid task: expected one like \\\"1-T6\\\".",
                "task                | \"2-T6\"          | The task \\\"2-T6\\\" is not one of project 1.",
                "task                | \"11-T6\"         | The task \\\"11-T6\\\" is not one of project 1.",
                "task                | \"01-T6\"         | The task \\\"01-T6\\\" is not one of project 1.",
                "behaviour           | \"merge\"         | \\\"merge\\\" is not a valid choice.",
                "behaviour           | null              | This field may not be null.",
                "confidence          | \"HIGH\"          | \\\"HIGH\\\" is not a valid choice.",
                "confidence          | 1                 | \\\"1\\\" is not a valid choice.",
                "findings            | null              | This field may not be null.",
                "findings            | \"a\"             | Expected a dictionary or a list of items but got type \\\"str\\\".",
                "findings            | 1                 | Expected a dictionary or a list of items but got type \\\"int\\\".",
                "status              | \"passed\"        | \\\"passed\\\" is not a valid choice.",
                "status              | {}                | Not a valid string.",
                "finding_ref         | 1                 | Not a valid string.",
                "automatic           | \"true\"          | Must be a valid boolean.",
                "automatic           | null              | This field may not be null.",
                "automatic           | 1                 | Must be a valid boolean.",
                "task_status_mapping | []                | Expected a dictionary of items but got type \\\"list\\\".",
                "task_status_mapping | {\"fail\":\"DONE\"}   | \\\"DONE\\\" is not a valid choice.",
                "task_status_mapping | {\"none\":\"TODO\"}   | \\\"none\\\" is not a valid choice.",
                "task_status_mapping | {\"pass\":\"todo\"}   | \\\"todo\\\" is not a valid choice.",
                "task_status_mapping | {\"pass\":{\"a\":1}}  | Not a valid string.",
                "task_status_mapping | {\"pass\":\"TODO\",\"pass\":\"DONE\"} | The status \\\"pass\\\" is given twice."
            })
    void refusesEveryOtherValue(String field, String value, String text) {
        assertThat(told(sessionWithNote(field, value)))
                .isEqualTo("{\"notes\":[{\"" + field + "\":[\"" + text + "\"]}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "behaviour", "confidence", "findings", "status"})
    void namesWhatIsMissing(String field) {
        String note =
                NOTE.replaceAll("\"" + field + "\":(\"[^\"]*\"|\\{}),?", "").replace(",}", "}");

        assertThat(told(session(",\"notes\":[" + note + "]")))
                .isEqualTo("{\"notes\":[{\"" + field + "\":[\"This field is required.\"]}]}");
    }

    /** As much as a lone note's task may have in its path. */
    @Test
    void takesATaskOfUpTo64CharactersBesideItsProject() {
        String longest = "1-T" + "1".repeat(63);

        assertThat(told(sessionWithNote("task", "\"" + longest + "\""))).isEqualTo("valid");
        assertThat(told(sessionWithNote("task", "\"" + longest + "1\""))).contains("is not a valid task");
    }

    @Test
    void listsOneEntryPerNoteAndAllErrorsAtOnce() {
        assertThat(told("{\"analysis_type\":\"x\",\"notes\":[" + NOTE + ",{\"task\":\"2-T1\"},3," + NOTE + "]}"))
                .isEqualTo("""
                        {"analysis_type":["\\"x\\" is not a valid choice."],"analysis_ref":["This field is required."],\
                        "notes":[{},{"task":["The task \\"2-T1\\" is not one of project 1."],\
                        "behaviour":["This field is required."],"confidence":["This field is required."],\
                        "findings":["This field is required."],"status":["This field is required."]},\
                        {"non_field_errors":["Invalid data. Expected a dictionary, but got int."]},{}]}""");
    }

    @Test
    void refusesANoteThatIsNull() {
        assertThat(told(session(",\"notes\":[null," + NOTE + "]")))
                .isEqualTo("{\"notes\":[{\"non_field_errors\":[\"This field may not be null.\"]},{}]}");
    }

    @Test
    void refusesAFieldOfANoteThatIsGivenTwice() {
        assertThat(told(session(",\"notes\":["
                        + NOTE.replace("}", ",\"status\":\"fail\"}").replace("{,", "{") + "]")))
                .contains("\"status\":[\"This field is given twice.\"]");
    }

    @Test
    void listsEverythingThatIsWrongWithAMapping() {
        assertThat(told(sessionWithNote("task_status_mapping", "{\"pass\":\"X\",\"fail\":\"DONE\",\"zzz\":\"TODO\"}")))
                .isEqualTo("""
                        {"notes":[{"task_status_mapping":["\\"X\\" is not a valid choice.",\
                        "\\"DONE\\" is not a valid choice.","\\"zzz\\" is not a valid choice."]}]}""");
    }

    @Test
    void countsTheCharactersOfAFindingReference() {
        assertThat(told(sessionWithNote("finding_ref", "\"" + "é".repeat(10_000) + "\"")))
                .isEqualTo("valid");
        assertThat(told(sessionWithNote("finding_ref", "\"" + "é".repeat(10_001) + "\"")))
                .contains("Ensure this field has no more than 10000 characters.");
    }

    @Test
    void takesTenThousandNotesAndNotOneMore() {
        assertThat(told(session(",\"notes\":[" + notes(10_000) + "]"))).isEqualTo("valid");
        assertThat(told(session(",\"notes\":[" + notes(10_001) + "]")))
                .isEqualTo("{\"notes\":[\"Ensure this field has no more than 10000 elements.\"]}");
    }

    @Test
    void saysOnlyOnceThatThereAreTooManyNotes() {
        assertThat(told(session(",\"notes\":[{}," + notes(10_000) + "]")))
                .isEqualTo("{\"notes\":[\"Ensure this field has no more than 10000 elements.\"]}");
    }

    @Test
    void listsTheFirstHundredNotesWithErrorsAndCountsTheRest() {
        String told = told(session(
                ",\"notes\":[" + NOTE + "," + String.join(",", Collections.nCopies(150, "{}")) + "," + NOTE + "]"));

        assertThat(told).startsWith("{\"notes\":[{},{\"task\":[");
        assertThat(told.split("\"task\"", -1)).hasSize(101);
        assertThat(told)
                .endsWith("\"status\":[\"This field is required.\"]}],"
                        + "\"detail\":\"The first 100 notes with errors are listed, and 50 more notes with errors\"}");
    }

    @Test
    void countsASingleNoteBeyondTheFirstHundred() {
        assertThat(told(session(",\"notes\":[" + String.join(",", Collections.nCopies(101, "{}")) + "]")))
                .endsWith("\"The first 100 notes with errors are listed, and 1 more note with errors\"}");
    }

    private static String notes(int count) {
        return String.join(",", Collections.nCopies(count, NOTE));
    }
}
