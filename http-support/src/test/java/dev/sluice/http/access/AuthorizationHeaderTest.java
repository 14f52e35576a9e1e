package dev.sluice.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.ProblemException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {

    private static final TokenText TOKEN = TokenText.random(new SecureRandom());

    @ParameterizedTest
    @ValueSource(strings = {"Token %s", "token %s", "TOKEN   %s", "Token \"%s\"", "  Token %s  "})
    void readsATokenAsClientsSendIt(String form) {
        assertThat(AuthorizationHeader.token(List.of(form.formatted(TOKEN.reveal()))))
                .isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic abc", "Tokens %s", "Bearer %s"})
    void seesNoCredentialsInOtherSchemes(String form) {
        refuses(Problem.NO_CREDENTIALS, form.formatted(TOKEN.reveal()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Token",
                "Token ",
                "Token \"%s",
                "Token %s\"",
                "Token x%s\"",
                "Token \"",
                "Token %s x",
                "Token ''"
            })
    void callsATokenOfAnotherFormMalformed(String form) {
        refuses(Problem.INVALID_TOKEN, form.formatted(TOKEN.reveal()));
    }

    @Test
    void takesNoSecondHeader() {
        String header = "Token " + TOKEN.reveal();

        refuses(Problem.INVALID_TOKEN, header, header);
        refuses(Problem.NO_CREDENTIALS);
    }

    private static void refuses(Problem problem, String... values) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> AuthorizationHeader.token(List.of(values)))
                .withMessage(problem.detail());
    }
}
