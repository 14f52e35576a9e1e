package dev.sluice.contract.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored token as JSON, as it is in the access-tokens topic: {@code {"secret_sha256": base64, "user": {...}, "projects": "all" or [1, 2], "role":
 * "writer", "created": "2026-11-23T10:00:00Z", "expires": null}}.
 */
public final class AccessTokenJson {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final String ALL = "all";
    private static final String EXPIRES = "expires";

    private AccessTokenJson() {}

    public static byte[] write(AccessToken token) {
        ObjectNode node = JSON.createObjectNode();
        node.put("secret_sha256", token.secretHash().encoded());
        node.set("user", JSON.readTree(UserJson.write(token.user())));
        switch (token.projects()) {
            case Projects.All all -> node.put("projects", ALL);
            case Projects.Named named -> {
                ArrayNode ids = node.putArray("projects");
                named.ids().stream().sorted().forEach(ids::add);
            }
        }
        node.put("role", token.role().slug());
        node.put("created", token.created().toString());
        Instant expires = token.expires();
        node.put(EXPIRES, expires == null ? null : expires.toString());
        return JSON.writeValueAsBytes(node);
    }

    /**
     * Reads the value of the record with the key {@code id}; if {@link #write} did not write it, throws an {@link IllegalArgumentException} with the
     * reason, but nothing of the value.
     */
    public static AccessToken read(String id, byte[] value) {
        try {
            JsonNode node = JSON.readTree(value);
            return new AccessToken(
                    id,
                    SecretHash.ofEncoded(node.path("secret_sha256").stringValue("")),
                    UserJson.of(node.path("user")),
                    projects(node.path("projects")),
                    Role.of(node.path("role").stringValue("")),
                    Instant.parse(node.path("created").stringValue("")),
                    expires(node.path(EXPIRES)));
        } catch (JacksonException | DateTimeException e) {
            throw new IllegalArgumentException("it is not the JSON of a token", e);
        }
    }

    private static @Nullable Instant expires(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return Instant.parse(node.stringValue());
    }

    private static Projects projects(JsonNode node) {
        if (node.isString() && node.stringValue().equals(ALL)) {
            return new Projects.All();
        }
        if (!node.isArray()) {
            throw new IllegalArgumentException("its projects are neither \"all\" nor a list");
        }
        Set<Long> ids = new LinkedHashSet<>();
        for (JsonNode id : node) {
            ids.add(id.longValue());
        }
        return new Projects.Named(ids);
    }
}
