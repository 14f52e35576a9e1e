package dev.sluice.contract.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenJsonTest {

    private static final User BOB = new User(599, "user@example.com", "Bob", "Smith");
    private static final Instant CREATED = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void comesBackAsItWasWritten() {
        AccessToken token = new AccessToken(
                "00112233aabbccdd",
                SecretHash.ofSecret("secret"),
                BOB,
                new Projects.Named(Set.of(1L, 22L)),
                Role.WRITER,
                CREATED,
                CREATED.plusSeconds(60));

        assertThat(AccessTokenJson.read(token.id(), AccessTokenJson.write(token)))
                .isEqualTo(token);
    }

    @Test
    void comesBackWithoutEndAndForAllProjects() {
        AccessToken token = new AccessToken(
                "00112233aabbccdd",
                SecretHash.ofSecret("s"),
                BOB,
                new Projects.All(),
                Role.ADMINISTRATOR,
                CREATED,
                null);

        AccessToken read = AccessTokenJson.read(token.id(), AccessTokenJson.write(token));

        assertThat(read).isEqualTo(token);
        assertThat(read.isValidAt(Instant.MAX)).isTrue();
    }

    @Test
    void keepsTheFormThatIsOnTheTopic() {
        AccessToken token = new AccessToken(
                "00112233aabbccdd",
                SecretHash.ofSecret("secret"),
                BOB,
                new Projects.Named(Set.of(22L, 1L)),
                Role.READER,
                CREATED,
                null);

        assertThat(new String(AccessTokenJson.write(token), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"secret_sha256\":\"K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=\","
                                + "\"user\":{\"id\":599,\"email\":\"user@example.com\",\"first_name\":\"Bob\",\"last_name\":\"Smith\"},"
                                + "\"projects\":[1,22],\"role\":\"reader\",\"created\":\"2026-11-23T10:00:00Z\",\"expires\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "{}", "[]", "x",
            })
    void refusesWhatIsNoToken(String value) {
        assertRefused(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"id\":599 | \"id\":0",
                "\"id\":599 | \"id\":599.5",
                "\"id\":599 | \"id\":\"599\"",
                "\"id\":599 | \"id\":18446744073709552215",
                "\"all\" | \"none\"",
                "\"all\" | {}",
                "\"all\" | [1.5]",
                "\"all\" | [\"1\"]",
                "\"all\" | [null]",
                "\"all\" | [18446744073709551617]",
                "\"reader\" | \"root\"",
                "\"expires\":null | \"expires\":1764000000",
                "\"expires\":null | \"expires\":true",
                "\"expires\":null | \"expires\":{}",
                "\"expires\":null | \"expires\":[]",
                "\"expires\":null | \"expires\":\"\"",
                "\"expires\":null | \"expires\":\"tomorrow\"",
                "K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols= | AAAA",
            })
    void refusesATokenWithAFieldOfAnotherForm(String written, String instead) {
        AccessToken token = new AccessToken(
                "id", SecretHash.ofSecret("secret"), BOB, new Projects.All(), Role.READER, CREATED, null);
        String value = new String(AccessTokenJson.write(token), StandardCharsets.UTF_8);

        assertThat(value).contains(written);
        assertRefused(value.replace(written, instead));
    }

    @Test
    void expiresAtItsEnd() {
        AccessToken token = new AccessToken(
                "00112233aabbccdd",
                SecretHash.ofSecret("s"),
                BOB,
                new Projects.All(),
                Role.READER,
                CREATED,
                CREATED.plusSeconds(1));

        assertThat(token.isValidAt(CREATED)).isTrue();
        assertThat(token.isValidAt(CREATED.plusSeconds(1))).isFalse();
    }

    @Test
    void showsNothingOfASecret() {
        TokenText text = TokenText.random(new SecureRandom());

        assertThat(text.toString()).doesNotContain(text.secret());
        assertThat(SecretHash.ofSecret(text.secret()).toString()).isEqualTo("SecretHash");
    }

    private static void assertRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenJson.read("id", value.getBytes(StandardCharsets.UTF_8)));
    }
}
