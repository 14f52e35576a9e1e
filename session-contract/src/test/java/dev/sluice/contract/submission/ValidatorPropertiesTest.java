package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the input, the result is one of the contract's, and it is the same every time. */
class ValidatorPropertiesTest {

    private static final byte[] SESSION = Validating.session(",\"notes\":[" + Validating.NOTE + ","
                    + Validating.NOTE.replace("{}", "[{\"a\":1.5e3,\"ü\":[null,true]}]")
                    + "],\"extra\":{\"a\":{\"b\":\"\\u00e9\\n\"}}")
            .getBytes(StandardCharsets.UTF_8);

    @Property(tries = 2000)
    void answersAnyDamagedSession(@ForAll long seed) {
        byte[] damaged = damage(SESSION, seed);

        assertThatCode(() -> Validating.told(Validating.validate(damaged))).doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void answersAnyBytes(@ForAll byte[] bytes) {
        assertThatCode(() -> Validating.told(Validating.validate(bytes))).doesNotThrowAnyException();
    }

    @Property(tries = 300)
    void takesAnyNumberOrSaysWhichItDoesNot(@ForAll("numbers") String number) {
        String told = Validating.told(Validating.session(",\"extra\":{\"n\":" + number + "}"));

        assertThat(told)
                .satisfiesAnyOf(
                        valid -> assertThat(valid).isEqualTo("valid"),
                        refused -> assertThat(refused).startsWith("{\"extra\":[\"The number "));
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> whole = Arbitraries.strings()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(40)
                .map(digits -> digits.replaceFirst("^0+(?=.)", ""));
        Arbitrary<String> fraction =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(40).map(digits -> "." + digits);
        Arbitrary<String> exponent = Arbitraries.integers().between(-7000, 7000).map(power -> "e" + power);
        return net.jqwik.api.Combinators.combine(
                        Arbitraries.of("", "-"), whole, fraction.injectNull(0.3), exponent.injectNull(0.5))
                .as((sign, digits, rest, power) ->
                        sign + digits + (rest == null ? "" : rest) + (power == null ? "" : power));
    }

    private static byte[] damage(byte[] body, long seed) {
        java.util.Random random = new java.util.Random(seed);
        byte[] damaged = body.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? damaged : java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
    }
}
