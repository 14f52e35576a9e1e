package dev.sluice.contract.access;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A user as JSON: {@code {"id": 599, "email": "user@example.com", "first_name": "Bob", "last_name": "Smith"}}. */
public final class UserJson {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int ROOM = 160;

    private UserJson() {}

    public static byte[] write(User user) {
        // Written for every record: building a tree and writing it with Jackson took 0.8 us of a request's 31.
        StringBuilder json = new StringBuilder(ROOM).append("{\"id\":").append(user.id());
        append(json, ",\"email\":\"", user.email());
        append(json, "\",\"first_name\":\"", user.firstName());
        append(json, "\",\"last_name\":\"", user.lastName());
        return json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a user; empty if {@code text} does not contain one. The names and the address are optional. */
    public static Optional<User> read(String text) {
        try {
            return Optional.of(of(JSON.readTree(text)));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static User of(JsonNode node) {
        return new User(
                node.path("id").longValue(), text(node, "email"), text(node, "first_name"), text(node, "last_name"));
    }

    private static void append(StringBuilder json, String before, String text) {
        json.append(before);
        JsonStringEncoder.getInstance().quoteAsString(text, json);
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isMissingNode() && !value.isString()) {
            throw new IllegalArgumentException("a user's " + name + " is not text");
        }
        return value.stringValue("");
    }
}
