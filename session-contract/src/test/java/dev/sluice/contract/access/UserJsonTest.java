package dev.sluice.contract.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UserJsonTest {

    @Test
    void writesAUserAsTheSchemaHasIt() {
        User user = new User(599, "o\"brien\\@example.com", "Zoë\u0007\n", "Müller \uD83D\uDE00");

        byte[] json = UserJson.write(user);

        assertThat(JsonMapper.shared().readTree(json))
                .isEqualTo(JsonMapper.shared()
                        .valueToTree(Map.of(
                                "id",
                                599,
                                "email",
                                user.email(),
                                "first_name",
                                user.firstName(),
                                "last_name",
                                user.lastName())));
        assertThat(UserJson.read(new String(json, UTF_8))).contains(user);
    }

    @Test
    void takesAUserWithoutNamesAndNoneWhoseNamesAreNoText() {
        assertThat(UserJson.read("{\"id\":599,\"email\":\"bob@example.com\"}"))
                .contains(new User(599, "bob@example.com", "", ""));
        assertThat(UserJson.read("{\"id\":599,\"email\":7}")).isEmpty();
    }

    /** The headers of a record have room for no more. */
    @Test
    void takesNoUserWithALongerName() {
        for (String field : new String[] {"email", "first_name", "last_name"}) {
            String user = "{\"id\":599,\"" + field + "\":\"" + "x".repeat(User.MAX_LENGTH);

            assertThat(UserJson.read(user + "\"}")).isPresent();
            assertThat(UserJson.read(user + "x\"}")).isEmpty();
        }
    }
}
