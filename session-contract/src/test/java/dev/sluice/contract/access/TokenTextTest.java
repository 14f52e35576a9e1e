package dev.sluice.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

    private static final String SECRET = "AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZa";

    @RepeatedTest(20)
    void readsWhatItMakes() {
        TokenText token = TokenText.random(new SecureRandom());

        assertThat(TokenText.parse(token.reveal())).contains(token);
    }

    @Test
    void isAnotherOneEveryTime() {
        SecureRandom random = new SecureRandom();
        TokenText first = TokenText.random(random);
        TokenText second = TokenText.random(random);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.secret()).isNotEqualTo(first.secret());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sluice_",
                "sluice_0123456789abcdef_" + SECRET + "A",
                "sluice_0123456789abcdef_AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZ",
                "sluice_0123456789abcdeF_" + SECRET,
                "sluice_0123456789abcdeg_" + SECRET,
                "sluice_0123456789abcdef-" + SECRET,
                "Sluice_0123456789abcdef_" + SECRET,
                "sluice_0123456789abcdef_AZaz09_+AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZa",
                "sluice_0123456789abcdef_AZaz09_é" + "AZaz09_-AZaz09_-AZaz09_-AZaz09_-AZa",
                "sluice_０123456789abcdef_" + SECRET,
            })
    void readsNothingElse(String text) {
        assertThat(TokenText.parse(text)).isEmpty();
    }
}
