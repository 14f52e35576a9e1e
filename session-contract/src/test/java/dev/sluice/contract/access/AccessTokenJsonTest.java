package dev.sluice.contract.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "",
                "{}",
                "[]",
                "x",
                "{\"secret_sha256\":\"AAAA\"}",
                "{\"secret_sha256\":\"K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=\",\"user\":{\"id\":1},\"projects\":\"none\",\"role\":\"reader\",\"created\":\"2026-11-23T10:00:00Z\"}",
                "{\"secret_sha256\":\"K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=\",\"user\":{\"id\":1},\"projects\":\"all\",\"role\":\"root\",\"created\":\"2026-11-23T10:00:00Z\"}"
            })
    void refusesWhatIsNoToken(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenJson.read("id", value.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1764000000", "true", "{}", "[]", "\"\"", "\"tomorrow\""})
    void refusesATokenWhoseExpiryIsNoTime(String expires) {
        AccessToken token =
                new AccessToken("id", SecretHash.ofSecret("s"), BOB, new Projects.All(), Role.READER, CREATED, null);
        String value = new String(AccessTokenJson.write(token), StandardCharsets.UTF_8)
                .replace("\"expires\":null", "\"expires\":" + expires);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTokenJson.read("id", value.getBytes(StandardCharsets.UTF_8)));
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
}
