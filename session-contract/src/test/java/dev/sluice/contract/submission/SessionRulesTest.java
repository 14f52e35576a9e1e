package dev.sluice.contract.submission;

import static dev.sluice.contract.submission.Validating.session;
import static dev.sluice.contract.submission.Validating.told;
import static dev.sluice.contract.submission.Validating.validate;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRulesTest {

    @Test
    void takesTheDocumentedSession() {
        Validation<SessionSummary> validation = validate(session(""));

        assertThat(validation).isInstanceOfSatisfying(Validation.Valid.class, valid -> {
            SessionSummary session = (SessionSummary) valid.summary();
            assertThat(session.analysisRef()).isEqualTo("zero.webappsecurity.com");
            assertThat(session.analysisType()).isEqualTo(AnalysisType.WEBINSPECT);
            assertThat(session.extra().isEmpty()).isTrue();
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANUAL")
    void takesEveryScanner(AnalysisType type) {
        assertThat(told("{\"analysis_ref\":\"a\",\"analysis_type\":\"" + type.slug() + "\"}"))
                .isEqualTo("valid");
    }

    @Test
    void pointsAtExtraInTheBody() {
        String body = session(" , \"extra\" : { \"a\" : [ 1 , \"ü\" ] } ");

        assertThat(validate(body)).isInstanceOfSatisfying(Validation.Valid.class, valid -> {
            Slice extra = ((SessionSummary) valid.summary()).extra();
            assertThat(Validating.text(extra, body)).isEqualTo("{ \"a\" : [ 1 , \"ü\" ] }");
        });
    }

    @Test
    void listsEverythingThatIsMissing() {
        assertThat(told("{}")).isEqualTo("""
                        {"analysis_ref":["This field is required."],"analysis_type":["This field is required."]}""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null      | This field may not be null.",
                "\"\"      | This field may not be blank.",
                "\" \\t\"  | This field may not be blank.",
                "\"\u00A0 \u3000\" | This field may not be blank.",
                "12        | Not a valid string.",
                "true      | Not a valid string.",
                "[\"a\"]   | Not a valid string.",
                "{\"a\":1} | Not a valid string.",
                "\"\\ud800\" | The text holds half of a surrogate pair, which is not a character."
            })
    void refusesAReferenceThatIsNotText(String value, String text) {
        assertThat(told("{\"analysis_ref\":" + value + ",\"analysis_type\":\"fortify\"}"))
                .isEqualTo("{\"analysis_ref\":[\"" + text + "\"]}");
    }

    @Test
    void countsTheCharactersOfAReferenceNotItsBytes() {
        String longest = "𝕊".repeat(255);

        assertThat(told("{\"analysis_ref\":\"" + longest + "\",\"analysis_type\":\"fortify\"}"))
                .isEqualTo("valid");
        assertThat(told("{\"analysis_ref\":\"" + longest + "x\",\"analysis_type\":\"fortify\"}"))
                .isEqualTo("{\"analysis_ref\":[\"Ensure this field has no more than 255 characters.\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"x\"      | \\\"x\\\" is not a valid choice.",
                "\"manual\" | \\\"manual\\\" is not a valid choice.",
                "\"Fortify\"| \\\"Fortify\\\" is not a valid choice.",
                "\"\"       | \\\"\\\" is not a valid choice.",
                "7          | \\\"7\\\" is not a valid choice.",
                "false      | \\\"false\\\" is not a valid choice.",
                "null       | This field may not be null.",
                "[]         | Not a valid string."
            })
    void refusesATypeThatIsNoScanner(String value, String text) {
        assertThat(told("{\"analysis_ref\":\"a\",\"analysis_type\":" + value + "}"))
                .isEqualTo("{\"analysis_type\":[\"" + text + "\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | This field may not be null.",
                "[]   | Expected a dictionary of items but got type \\\"list\\\".",
                "1    | Expected a dictionary of items but got type \\\"int\\\".",
                "1.5  | Expected a dictionary of items but got type \\\"float\\\"."
            })
    void refusesAnExtraThatIsNoObject(String value, String text) {
        assertThat(told(session(",\"extra\":" + value))).isEqualTo("{\"extra\":[\"" + text + "\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1} | Expected a list of items but got type \\\"dict\\\".",
                "\"x\"     | Expected a list of items but got type \\\"str\\\".",
                "null      | This field may not be null."
            })
    void refusesNotesThatAreNoList(String value, String text) {
        assertThat(told(session(",\"notes\":" + value))).isEqualTo("{\"notes\":[\"" + text + "\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"a\"", "null", "12", "true"})
    void refusesABodyThatIsNoObject(String body) {
        assertThat(told(body)).startsWith("{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got ");
    }

    @Test
    void ignoresWhatItDoesNotKnowAndWhatTheServerOwns() {
        assertThat(
                        told(
                                session(
                                        ",\"id\":7,\"created\":null,\"updated\":[1],\"updater\":{\"a\":{}},\"findings_ref\":\"x\",\"findings_ref\":\"y\"")))
                .isEqualTo("valid");
    }

    @Test
    void refusesAFieldThatIsGivenTwice() {
        assertThat(told(session(",\"analysis_ref\":\"other\",\"analysis_type\":\"fortify\",\"extra\":{},\"extra\":{}")))
                .isEqualTo("""
                        {"analysis_ref":["This field is given twice."],"analysis_type":["This field is given twice."],\
                        "extra":["This field is given twice."]}""");
        assertThat(told(session(",\"notes\":[{}],\"notes\":[]")))
                .isEqualTo("{\"notes\":[\"This field is given twice.\"]}");
    }

    @Test
    void saysOnceWhatIsWrongManyTimes() {
        String twice = ",\"extra\":{}".repeat(1_000);
        String note = Validating.NOTE.replace("\"pass\"}", "\"pass\"" + ",\"automatic\":true".repeat(1_000) + "}");

        assertThat(told(session(twice))).isEqualTo("{\"extra\":[\"This field is given twice.\"]}");
        assertThat(told(session(",\"notes\":[" + note + "]"))).isEqualTo("""
                        {"notes":[{"automatic":["This field is given twice."]}]}""");
    }

    @Test
    void cutsTheNameOfAFieldThatCannotBeRead() {
        String deep = "\"" + "n".repeat(100_000) + "\":" + "[".repeat(1_100);

        assertThat(told(session("," + deep))).hasSizeLessThan(400).contains("\"nnn");
        assertThat(told(session(",\"notes\":[{" + deep))).hasSizeLessThan(400).contains("\"nnn");
    }

    @Test
    void namesAFieldWithoutTheNulThatTheStoreCannotExpress() {
        String deep = "\"a\\u0000\":" + "[".repeat(1_100);
        String errors = "{\"a\uFFFD\":[\"Nested deeper than 1000 levels.\"]}";

        assertThat(told(session("," + deep))).isEqualTo(errors);
        assertThat(told(session(",\"notes\":[{" + deep))).isEqualTo("{\"notes\":[" + errors + "]}");
    }

    @Test
    void takesAFieldWithHalfACharacterInItsNameForNoJson() {
        assertThat(told(session(",\"\\ud83d\":1")))
                .startsWith("JSON parse error - Broken surrogate pair in property name");
        assertThat(told(session(",\"notes\":[{\"\\udc00\":1}]"))).contains("Unexpected low surrogate in property name");
    }

    @Test
    void cutsWhatItQuotes() {
        String told = told("{\"analysis_ref\":\"a\",\"analysis_type\":\"" + "x".repeat(5_000_000) + "\"}");

        assertThat(told).hasSizeLessThan(200).contains("xxx…\\\" is not a valid choice.");
        assertThat(Texts.cut("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(Texts.cut("x".repeat(101))).isEqualTo("x".repeat(100) + "…");
        assertThat(Texts.cut("x".repeat(99) + "😀")).isEqualTo("x".repeat(99) + "…");
        assertThat(Texts.cut("😀\ud83d")).isEqualTo("😀?");
    }
}
