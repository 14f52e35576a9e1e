package dev.sluice.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretHashTest {

    @Test
    void equalsTheHashOfTheSameSecretAndOfNoOther() {
        SecretHash hash = SecretHash.ofSecret("secret");

        assertThat(hash)
                .isEqualTo(SecretHash.ofEncoded(hash.encoded()))
                .isNotEqualTo(SecretHash.ofSecret("Secret"))
                .hasToString("SecretHash");
    }
}
