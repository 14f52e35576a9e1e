package dev.sluice.contract.submission;

import static dev.sluice.contract.submission.Validating.session;
import static dev.sluice.contract.submission.Validating.sessionWithNote;
import static dev.sluice.contract.submission.Validating.told;
import static dev.sluice.contract.submission.Validating.validate;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBodiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"analysis_ref\"",
                "{\"analysis_ref\":\"a",
                "{\"analysis_ref\":\"a\",}",
                "{'a':1}",
                "{} {}",
                "{}x",
                "nul",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "[1,]",
                "{\"a\":[}",
                "[{]",
                "{\"a\":1/*c*/}",
                "]"
            })
    void saysWhereItIsNotJson(String body) {
        assertThat(told(body))
                .matches("(?s)JSON parse error - .+ at line 1 column \\d+")
                .doesNotContain("Source:");
    }

    @Test
    void keepsTheParsersAdviceToItself() {
        assertThat(told("{\"a\":NaN}")).isEqualTo("JSON parse error - Non-standard token 'NaN' at line 1 column 9");
        assertThat(told("{/*c*/}")).doesNotContain("ALLOW");
    }

    @Test
    void countsLines() {
        assertThat(told("{\n\"analysis_ref\": \"a\",\n  oops}")).endsWith("at line 3 column 3");
    }

    @Test
    void isCutOffAnywhereWithoutBeingTaken() {
        String body = session(",\"notes\":[" + Validating.NOTE + "],\"extra\":{\"a\":[1.5,true,null,\"ü\"]}");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        for (int length = 0; length < bytes.length; length++) {
            assertThat(validate(java.util.Arrays.copyOf(bytes, length))).isInstanceOf(Validation.Unreadable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32", "windows-1252"})
    void refusesOtherEncodings(String charset) {
        byte[] body = session(",\"extra\":{\"a\":\"ü\"}").getBytes(Charset.forName(charset));

        assertThat(told(validate(body))).startsWith("JSON parse error - ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"C080", "C0AF", "E080AF", "EDA080", "F08080AF", "F4908080", "80", "FF", "C3", "E282", "F09F98"})
    void refusesMalformedUtf8(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        String body = session(",\"extra\":{\"a\":\"" + new String(bytes, StandardCharsets.ISO_8859_1) + "\"}");

        assertThat(told(validate(body.getBytes(StandardCharsets.ISO_8859_1))))
                .isEqualTo("JSON parse error - Invalid UTF-8 at line 1 column "
                        + (body.indexOf(new String(bytes, StandardCharsets.ISO_8859_1)) + 1));
    }

    @Test
    void refusesAByteOrderMark() {
        assertThat(told("\uFEFF" + session("")))
                .isEqualTo("JSON parse error - Unexpected byte-order mark at line 1 column 1");
    }

    @Test
    void takesSixtyFourLevelsAndNotOneMore() {
        assertThat(told(sessionWithNote("findings", "[".repeat(64) + "]".repeat(64))))
                .isEqualTo("valid");
        assertThat(told(sessionWithNote("findings", "[".repeat(65) + "]".repeat(65))))
                .isEqualTo("{\"notes\":[{\"findings\":[\"Nested deeper than 64 levels.\"]}]}");
        assertThat(told(session(",\"extra\":" + "{\"a\":".repeat(65) + "1" + "}".repeat(65))))
                .isEqualTo("{\"extra\":[\"Nested deeper than 64 levels.\"]}");
    }

    @Test
    void namesTheFieldThatIsNestedBeyondReading() {
        assertThat(told(sessionWithNote("findings", "[".repeat(4_000_000))))
                .isEqualTo("{\"notes\":[{\"findings\":[\"Nested deeper than 1000 levels.\"]}]}");
        assertThat(told(session(",\"unknown\":" + "[".repeat(4_000_000))))
                .isEqualTo("{\"unknown\":[\"Nested deeper than 1000 levels.\"]}");
        assertThat(told("[".repeat(4_000_000))).endsWith(",\"Nested deeper than 1000 levels.\"]}");
    }

    @Test
    void ignoresAnUnknownFieldAsDeepAsItCanBeRead() {
        assertThat(told(session(",\"unknown\":" + "[".repeat(999) + "]".repeat(999))))
                .isEqualTo("valid");
    }

    @Test
    void refusesANameThatIsGivenTwiceInOneObject() {
        assertThat(told(session(",\"extra\":{\"a\":1,\"b\":{\"a\":1},\"a\":2}")))
                .isEqualTo("{\"extra\":[\"The field name \\\"a\\\" is given twice in one object.\"]}");
        assertThat(told(session(",\"extra\":{\"a\":1,\"b\":{},\"a\":2}"))).contains("\\\"a\\\" is given twice");
        assertThat(told(session(",\"extra\":{\"a\":[{\"a\":1},{\"a\":2}]}"))).isEqualTo("valid");
        assertThat(told(session(",\"extra\":{\"b\":{\"a\":1},\"a\":2}"))).isEqualTo("valid");
    }

    @Test
    void findsARepetitionAmongManyNames() {
        String names =
                IntStream.range(0, 100_000).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(","));

        assertThat(told(session(",\"extra\":{" + names + "}"))).isEqualTo("valid");
        assertThat(told(session(",\"extra\":{" + names + ",\"n5\":1}"))).contains("\\\"n5\\\" is given twice");
    }

    @Test
    void refusesNulInANameAndTakesItInText() {
        assertThat(told(session(",\"extra\":{\"a\\u0000b\":1}")))
                .contains("holds a NUL character, which cannot be stored.");
        assertThat(told(session(",\"extra\":{\"\\u0000\":1}")))
                .contains("holds a NUL character, which cannot be stored.");
        assertThat(told(session(",\"extra\":{\"a\":\"b\\u0000c\"}"))).isEqualTo("valid");
    }

    @Test
    void takesDollarsAndDotsInNames() {
        assertThat(told(session(",\"extra\":{\"$where\":\"1\",\"a.b\":{\"$ne\":null},\"\":0}")))
                .isEqualTo("valid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1e2",
                "0.1",
                "123456789012345678901234567890.1234",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "1e6111",
                "1e6144",
                "-1e-6176",
                "1.7976931348623157e308",
                "0e99999",
                "100000000000000000000000000000000000000000"
            })
    void takesNumbersThatCanBeHeldExactly(String number) {
        assertThat(told(session(",\"extra\":{\"n\":" + number + "}"))).isEqualTo("valid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890123456789012345",
                "0.12345678901234567890123456789012345",
                "1e6145",
                "1e-6177",
                "1e99999",
                "1e99999999999999999999",
                "1e-99999999999999999999",
                "10000000000000000000000000000000000000000e2147483647",
                "10000000000000000000000000000000000000000e2147483600",
                "10000000000000000000000000000000000000000e-2147483647"
            })
    void refusesNumbersThatCannot(String number) {
        assertThat(told(session(",\"extra\":{\"n\":" + number + "}")))
                .startsWith("{\"extra\":[\"The number ")
                .contains("cannot be stored exactly");
    }

    @Test
    void refusesANumberOfAMillionDigitsAtOnce() {
        assertThat(told(sessionWithNote("findings", "[" + "9".repeat(1_000_000) + "]")))
                .isEqualTo("{\"notes\":[{\"findings\":[\"The number " + "9".repeat(40)
                        + "… is too long: expected at most 1024 characters.\"]}]}");
        assertThat(told(session(",\"extra\":{\"a\":0." + "0".repeat(1_000_000) + "}")))
                .startsWith("{\"extra\":[\"The number 0.0")
                .contains("is too long");
    }

    @Test
    void ignoresANumberOfAnyLengthWhereItIgnoresTheField() {
        String number = "-" + "9".repeat(1_000_000);

        assertThat(told(session(",\"id\":" + number + ",\"zz\":1.5e" + number))).isEqualTo("valid");
        assertThat(told(session(",\"zz\":{\"a\":[" + number + "]}"))).isEqualTo("valid");
        assertThat(told(sessionWithNote("analysis_session", number))).isEqualTo("valid");
        assertThat(told("{\"zz\":" + number + ",\"analysis_type\":\"bad\",\"notes\":[7]}"))
                .isEqualTo("""
                        {"analysis_type":["\\"bad\\" is not a valid choice."],"analysis_ref":["This field is required."],\
                        "notes":[{"non_field_errors":["Invalid data. Expected a dictionary, but got int."]}]}""");
    }

    @Test
    void namesTheFieldWhoseNumberIsLong() {
        String number = "1".repeat(1_500);
        String notAChoice = "[\"\\\"" + "1".repeat(100) + "…\\\" is not a valid choice.\"]";

        assertThat(told("{\"analysis_ref\":\"a\",\"analysis_type\":" + number + "}"))
                .isEqualTo("{\"analysis_type\":" + notAChoice + "}");
        assertThat(told(session(",\"notes\":" + number)))
                .isEqualTo("{\"notes\":[\"Expected a list of items but got type \\\"int\\\".\"]}");
        assertThat(told(session(",\"notes\":[" + Validating.NOTE.replace("\"pass\"", number) + "]")))
                .isEqualTo("{\"notes\":[{\"status\":" + notAChoice + "}]}");
    }

    @Test
    void refusesHalfACharacter() {
        assertThat(told(session(",\"extra\":{\"a\":\"\\ud83d\"}"))).contains("half of a surrogate pair");
        assertThat(told(session(",\"extra\":{\"\\udc00\":1}"))).contains("surrogate");
        assertThat(told(session(",\"extra\":{\"a\":\"\\ud83d\\ude00\"}"))).isEqualTo("valid");
    }

    @Test
    void refusesWhatWouldNotFitIntoADocument() {
        String ones = String.join(",", Collections.nCopies(3_000_000, "1"));

        assertThat(validate(sessionWithNote("findings", "[" + ones + "]")))
                .isInstanceOfSatisfying(
                        Validation.TooLarge.class,
                        tooLarge -> assertThat(tooLarge.bytes()).isGreaterThan(SubmissionValidator.MAX_DOCUMENT_BYTES));
    }

    @Test
    void takesADocumentOfTheMaximumSizeAndNotAByteMore() {
        String start = ",\"extra\":{\"a\":\"";
        DocumentSize empty = new DocumentSize();
        validate(session(start + "\"}"), empty);
        int room = (int) (SubmissionValidator.MAX_DOCUMENT_BYTES - empty.size());

        assertThat(validate(session(start + "x".repeat(room) + "\"}"))).isInstanceOf(Validation.Valid.class);
        assertThat(validate(session(start + "x".repeat(room + 1) + "\"}"))).isInstanceOf(Validation.TooLarge.class);
    }

    @Test
    void readsOnAfterAnErrorInAValue() {
        assertThat(told(session(",\"extra\":{\"a\":1,\"a\":{\"b\":[1,2,{\"c\":3}]}},\"notes\":[{}]")))
                .startsWith(
                        "{\"extra\":[\"The field name \\\"a\\\" is given twice in one object.\"],\"notes\":[{\"task\":");
    }
}
