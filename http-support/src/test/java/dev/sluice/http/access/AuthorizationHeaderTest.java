package dev.sluice.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.TokenText;
import dev.sluice.http.access.AuthorizationHeader.Credentials;
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
        assertThat(AuthorizationHeader.parse(List.of(form.formatted(TOKEN.reveal()))))
                .isEqualTo(new Credentials.Sent(TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic abc", "Tokens %s", "Bearer %s"})
    void seesNoCredentialsInOtherSchemes(String form) {
        assertThat(AuthorizationHeader.parse(List.of(form.formatted(TOKEN.reveal()))))
                .isEqualTo(new Credentials.Absent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token", "Token ", "Token \"%s", "Token %s x", "Token ''"})
    void callsATokenOfAnotherFormMalformed(String form) {
        assertThat(AuthorizationHeader.parse(List.of(form.formatted(TOKEN.reveal()))))
                .isEqualTo(new Credentials.Malformed());
    }

    @Test
    void takesNoSecondHeader() {
        String header = "Token " + TOKEN.reveal();

        assertThat(AuthorizationHeader.parse(List.of(header, header))).isEqualTo(new Credentials.Malformed());
        assertThat(AuthorizationHeader.parse(List.of())).isEqualTo(new Credentials.Absent());
    }
}
