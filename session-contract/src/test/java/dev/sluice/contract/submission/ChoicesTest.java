package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.json.JsonFactory;

/** Finds a text as the choice it equals, wherever it is in the body, and nothing else. */
class ChoicesTest {

    private static final List<String> TEXTS =
            List.of("low", "lower", "eightby2", "eightbytes", "eightbyted", "sixteen-bytes-16", "größer", "größere");
    private static final Choices<String> CHOICES = Choices.of(TEXTS, text -> text);
    private static final BodyParser.Factory PARSERS = new BodyParser.Factory(JsonFactory.builder());

    @Property(tries = 3000)
    void findsWhatEqualsAChoice(@ForAll("nearlyChoices") String text, @ForAll("behind") String behind) {
        byte[] body = ("[\"" + text + "\"" + behind).getBytes(StandardCharsets.UTF_8);

        try (BodyParser parser = PARSERS.parser(body)) {
            parser.nextToken();
            parser.nextToken();
            StringBytes string = new StringBytes(parser);
            string.read();

            assertThat(CHOICES.get(CHOICES.find(string)))
                    .isEqualTo(TEXTS.contains(string.text()) ? string.text() : null);
        }
    }

    @Provide
    Arbitrary<String> nearlyChoices() {
        Arbitrary<String> pieces = Arbitraries.of("", "", "", "w", "er", "\\u0000", "\\n", "s", "0", "bytes", "ü");
        return Combinators.combine(Arbitraries.of(TEXTS), Arbitraries.integers().between(0, 16), pieces, pieces)
                .as((text, kept, between, last) -> {
                    int cut = Math.min(kept, text.length());
                    return text.substring(0, cut) + between + text.substring(cut) + last;
                });
    }

    @Provide
    Arbitrary<String> behind() {
        return Arbitraries.of("", "]", ",1]", ",\"more than eight bytes\"]");
    }
}
