package dev.sluice.contract.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UserJsonTest {

    @Test
    void writesWhatJacksonWritesOfWhatItReads() {
        User user = new User(599, "o\"brien\\@example.com", "Zoë\u0007\n", "Müller \uD83D\uDE00");

        byte[] json = UserJson.write(user);

        assertThat(json)
                .isEqualTo(JsonMapper.shared()
                        .writeValueAsBytes(JsonMapper.shared().readTree(json)));
        assertThat(UserJson.read(new String(json, UTF_8))).contains(user);
    }

    @Test
    void takesAUserWithoutNamesAndNoneWhoseNamesAreNoText() {
        assertThat(UserJson.read("{\"id\":599,\"email\":\"bob@example.com\"}"))
                .contains(new User(599, "bob@example.com", "", ""));
        assertThat(UserJson.read("{\"id\":599,\"email\":7}")).isEmpty();
    }
}
