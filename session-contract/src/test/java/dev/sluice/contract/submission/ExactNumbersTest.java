package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/** What is stored of a number has the value that was written; a number is refused only if no type has that value. */
class ExactNumbersTest {

    private static final BodyParser.Factory PARSERS = new BodyParser.Factory(JsonFactory.builder());

    @Property(tries = 5000)
    void storesTheValueThatWasWritten(@ForAll("fractions") String text) {
        storesItsValue(text);
    }

    @Property(tries = 2000)
    void storesTheValueAndTheFormOfAWholeNumber(@ForAll("wholes") String text) {
        Object stored = stored(text);
        BigDecimal number = new BigDecimal(text);

        assertThat(stored)
                .isEqualTo(
                        number.precision() <= 34 ? number : isADecimal128(number) ? number.stripTrailingZeros() : null);
    }

    @Example
    void storesNumbersAtTheLimitsOfTheirTypes() {
        storesItsValue("8.000000000000001");
        storesItsValue("9.007199254740993e15");
        storesItsValue("1e400");
        storesItsValue("1e6144");
        storesItsValue("1e6145");
        storesItsValue("1e-6176");
        storesItsValue("10e-6176");
        storesItsValue("10e-6177");
        storesItsValue("1e-6177");
        storesItsValue("0." + "0".repeat(320) + "123456789012345");
        storesItsValue("1.0000000000000000000000000001");
        storesItsValue("0.9999999999999999999999999999");
    }

    @Example
    void showsUpToFortyCharactersOfWhatItRefuses() {
        assertThat(ExactNumbers.refusal("9".repeat(40))).startsWith("The number " + "9".repeat(40) + " cannot ");
        assertThat(ExactNumbers.refusal("9".repeat(41))).startsWith("The number " + "9".repeat(40) + "… cannot ");
    }

    @Provide
    Arbitrary<String> fractions() {
        Arbitrary<String> zeros = Arbitraries.integers().between(0, 20).map("0"::repeat);
        Arbitrary<String> digits = Arbitraries.strings()
                .withChars('0', '1', '5', '9')
                .ofMaxLength(20)
                .map(some -> some + "1");
        Arbitrary<String> exponent = Arbitraries.oneOf(
                Arbitraries.of(""),
                Arbitraries.integers().between(-400, 400).map(power -> "e" + power),
                Arbitraries.integers().between(-6200, -6100).map(power -> "E" + power),
                Arbitraries.integers().between(6080, 6150).map(power -> "E" + power));
        return Combinators.combine(Arbitraries.of("0.", "-0.", "7.", "90."), zeros, digits, zeros, exponent)
                .as((start, before, some, after, power) -> start + before + some + after + power);
    }

    @Provide
    Arbitrary<String> wholes() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(20).ofMaxLength(36);
        return Combinators.combine(Arbitraries.of("1", "-9"), digits, Arbitraries.of("", "00", "0".repeat(20)))
                .as((first, some, zeros) -> first + some + zeros);
    }

    private static void storesItsValue(String text) {
        BigDecimal number = new BigDecimal(text);
        Object stored = stored(text);

        if (isADouble(number)) {
            assertThat(stored).as(text).isEqualTo(Double.valueOf(text));
        } else if (isADecimal128(number)) {
            assertThat(stored)
                    .as(text)
                    .isInstanceOfSatisfying(
                            BigDecimal.class, decimal -> assertThat(decimal).isEqualByComparingTo(number));
        } else {
            assertThat(stored).as(text).isNull();
        }
    }

    private static boolean isADouble(BigDecimal number) {
        double nearest = number.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0;
    }

    /** As many digits as the type has, none of them below its smallest number or above its largest. */
    private static boolean isADecimal128(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.precision() <= 34
                && shortest.scale() <= 6176
                && number.abs().compareTo(new BigDecimal("1e6145")) < 0;
    }

    /** The number as the sink gets it; null if it is refused. */
    private static @Nullable Object stored(String text) {
        try (BodyParser parser = PARSERS.parser(("[" + text + "]").getBytes(StandardCharsets.UTF_8))) {
            parser.nextToken();
            boolean integral = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
            AtomicReference<@Nullable Object> last = new AtomicReference<>();
            DocumentSink sink = (DocumentSink) Proxy.newProxyInstance(
                    DocumentSink.class.getClassLoader(),
                    new Class<?>[] {DocumentSink.class},
                    (proxy, method, given) -> {
                        last.set(given[1]);
                        return null;
                    });

            String error = ExactNumbers.write(parser, integral, null, sink);

            assertThat(error == null).as(text).isEqualTo(last.get() != null);
            return last.get();
        }
    }
}
