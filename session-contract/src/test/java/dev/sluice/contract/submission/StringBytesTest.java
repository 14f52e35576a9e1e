package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/** Reading in place yields the same text as decoding by Jackson, and the same error messages. */
class StringBytesTest {

    private static final BodyParser.Factory PARSERS = new BodyParser.Factory(JsonFactory.builder());
    private static final JsonFactory JACKSON = new JsonFactory();

    @Property(tries = 3000)
    void readsWhatJacksonReads(@ForAll("inJson") List<String> pieces) {
        byte[] body = body(pieces);

        assertThat(read(body)).isEqualTo(decodedByJackson(body));
    }

    @Property(tries = 3000)
    void skipsWhatJacksonSkips(@ForAll("inJson") List<String> pieces) {
        byte[] body = body(pieces);

        try (JsonParser ours = PARSERS.parser(body);
                JsonParser jackson = JACKSON.createParser(ObjectReadContext.empty(), body)) {
            assertThat(skipped(ours)).isEqualTo(skipped(jackson));
        }
    }

    @Example
    void takesWhatHasNoEscapeWhereItStands() {
        byte[] body = body(List.of("Größe"));
        try (BodyParser parser = PARSERS.parser(body)) {
            StringBytes string = atFirst(parser);

            assertThat(string.array()).isSameAs(body);
            assertThat(string.offset()).isEqualTo(2);
            assertThat(string.length()).isEqualTo(7);
        }
    }

    @Example
    void standsAQuestionMarkForHalfOfASurrogatePair() {
        try (BodyParser parser = PARSERS.parser(body(List.of("a", "\\ud83d", "b")))) {
            StringBytes string = atFirst(parser);

            assertThat(string.isWhole()).isFalse();
            assertThat(utf8(string)).isEqualTo("a?b");
            assertThat(string.text()).isEqualTo("a\ud83db");
        }
    }

    @Example
    void hasRoomForALongStringWhoseEveryCharacterIsEscaped() {
        byte[] body = body(Collections.nCopies(1_000, "\\u20AC"));

        assertThat(read(body)).isEqualTo(decodedByJackson(body));
    }

    @Example
    void countsCharactersNotBytes() {
        try (BodyParser parser = PARSERS.parser(body(List.of("é€😀\\n")))) {
            StringBytes string = atFirst(parser);

            assertThat(string.isLongerThan(4)).isFalse();
            assertThat(string.isLongerThan(3)).isTrue();
        }
    }

    @Provide
    Arbitrary<List<String>> inJson() {
        Arbitrary<String> right = Arbitraries.of(
                "a",
                "plain text",
                "0123456789abcdef",
                "é",
                "€",
                "😀",
                "\u007f",
                "\\\"",
                "\\\\",
                "\\/",
                "\\b",
                "\\f",
                "\\n",
                "\\r",
                "\\t",
                "\\u0000",
                "\\u00e9",
                "\\u20AC",
                "\\ud83d\\ude00",
                " ",
                "]",
                ",");
        Arbitrary<String> wrong = Arbitraries.of("\\x", "\\u12", "\\", "\"", "\n", "\t", "\u0000", "\u001f");
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(40, right), net.jqwik.api.Tuple.of(1, wrong))
                .list()
                .ofMaxSize(30);
    }

    private static byte[] body(List<String> pieces) {
        return ("[\"" + String.join("", pieces) + "\",1]").getBytes(StandardCharsets.UTF_8);
    }

    private static StringBytes atFirst(BodyParser parser) {
        parser.nextToken();
        parser.nextToken();
        StringBytes string = new StringBytes(parser);
        string.read();
        return string;
    }

    private static String utf8(StringBytes string) {
        return new String(string.array(), string.offset(), string.length(), StandardCharsets.UTF_8);
    }

    private static String read(byte[] body) {
        try (BodyParser parser = PARSERS.parser(body)) {
            StringBytes string = atFirst(parser);
            String text = string.text();
            // Encoding also replaces a lone surrogate with a question mark.
            assertThat(utf8(string).getBytes(StandardCharsets.UTF_8)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            return text + skipped(parser);
        } catch (StreamReadException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String decodedByJackson(byte[] body) {
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), body)) {
            parser.nextToken();
            parser.nextToken();
            return parser.getString() + skipped(parser);
        } catch (StreamReadException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Lists the remaining tokens with their positions, and how the input ended. */
    private static String skipped(JsonParser parser) {
        StringBuilder told = new StringBuilder();
        try {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                told.append(token).append(parser.currentTokenLocation());
            }
        } catch (StreamReadException e) {
            told.append(e.getMessage());
        }
        return told.toString();
    }
}
