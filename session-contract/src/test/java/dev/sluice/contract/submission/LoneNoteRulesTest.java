package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoneNoteRulesTest {

    private static final SubmissionValidator VALIDATOR = new SubmissionValidator();
    private static final String NOTE = """
            {"analysis_session":334,"behaviour":"combine","confidence":"low","findings":[ {"a": 1} ],"finding_ref":"my \\"ref\\"",\
            "status":"fail","automatic":true,"task":17}""";

    @Test
    void takesTheDocumentedNoteAndPointsAtItsValues() {
        assertThat(validate(NOTE)).isInstanceOfSatisfying(Validation.Valid.class, valid -> {
            NoteSummary note = (NoteSummary) valid.summary();
            assertThat(note.session()).hasValue(334);
            assertThat(note.behaviour()).isEqualTo(Behaviour.COMBINE);
            assertThat(note.confidence()).isEqualTo("low");
            assertThat(note.status()).isEqualTo(NoteStatus.FAIL);
            assertThat(note.automatic()).isTrue();
            assertThat(Validating.text(note.findings(), NOTE)).isEqualTo("[ {\"a\": 1} ]");
            assertThat(Validating.text(note.findingRef(), NOTE)).isEqualTo("\"my \\\"ref\\\"\"");
        });
    }

    @Test
    void isAManualVerificationWithoutASession() {
        String note = NOTE.replace("334", "null");

        assertThat(validate(note))
                .isInstanceOfSatisfying(
                        Validation.Valid.class,
                        valid -> assertThat(((NoteSummary) valid.summary()).session())
                                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"334\" | Incorrect type. Expected pk value, received str.",
                "true  | Incorrect type. Expected pk value, received bool.",
                "{\"id\":3} | Incorrect type. Expected pk value, received dict.",
                "1.5   | Incorrect type. Expected pk value, received float.",
                "99999999999999999999 | Invalid pk \\\"99999999999999999999\\\" - object does not exist."
            })
    void refusesASessionThatIsNoId(String value, String text) {
        assertThat(Validating.told(validate(NOTE.replace("334", value))))
                .isEqualTo("{\"analysis_session\":[\"" + text + "\"]}");
    }

    @Test
    void listsEverythingThatIsMissing() {
        assertThat(Validating.told(validate("{}"))).isEqualTo("""
                        {"behaviour":["This field is required."],"confidence":["This field is required."],\
                        "findings":["This field is required."],"status":["This field is required."]}""");
    }

    @Test
    void namesTheFieldThatIsNestedBeyondReading() {
        assertThat(Validating.told(validate("{\"findings\":" + "[".repeat(2_000))))
                .isEqualTo("{\"findings\":[\"Nested deeper than 1000 levels.\"]}");
    }

    @Test
    void namesTheFieldWhoseNumberIsLong() {
        String number = "1".repeat(1_500);

        assertThat(Validating.told(validate(NOTE.replace("334", number))))
                .isEqualTo("{\"analysis_session\":[\"Invalid pk \\\"" + "1".repeat(100)
                        + "…\\\" - object does not exist.\"]}");
        assertThat(Validating.told(validate(NOTE.replace("true", number))))
                .isEqualTo("{\"automatic\":[\"Must be a valid boolean.\"]}");
        assertThat(Validating.told(validate(NOTE.replace("17", number)))).isEqualTo("valid");
    }

    @Test
    void takesADocumentOfTheMaximumSizeWhateverIsAroundIt() {
        DocumentSize around = new DocumentSize();
        around.int32(FieldName.of("user"), 1);
        String note = NOTE.replace("{\"a\": 1}", "\"%s\"");
        DocumentSize empty = new DocumentSize();
        validate(note.formatted(""), empty);
        int room = (int) (SubmissionValidator.MAX_DOCUMENT_BYTES - empty.size());

        assertThat(validate(note.formatted("x".repeat(room)), around)).isInstanceOf(Validation.Valid.class);
        assertThat(validate(note.formatted("x".repeat(room + 1)))).isInstanceOf(Validation.TooLarge.class);
    }

    @Test
    void tellsOfEveryEmbeddedNoteInTheOrderOfTheBody() {
        List<String> heard = new ArrayList<>();
        String notes = Validating.NOTE + ",{\"status\":\"fail\",\"findings\":[],\"confidence\":\"low\","
                + "\"behaviour\":\"replace-scanner\",\"task\":\"1-PT12\"}";

        VALIDATOR.validateSession(
                Validating.session(",\"notes\":[" + notes + "]").getBytes(StandardCharsets.UTF_8),
                1,
                new DocumentSize(),
                (task, behaviour, status) -> heard.add(task + " " + behaviour + " " + status));

        assertThat(heard).containsExactly("T6 REPLACE PASS", "PT12 REPLACE_SCANNER FAIL");
    }

    private static Validation<NoteSummary> validate(String body) {
        return validate(body, new DocumentSize());
    }

    private static Validation<NoteSummary> validate(String body, DocumentSize sink) {
        return VALIDATOR.validateNote(body.getBytes(StandardCharsets.UTF_8), 1, sink);
    }
}
