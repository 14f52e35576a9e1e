package dev.sluice.test.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Checks by structure whether one schema accepts everything that another accepts: the same alternatives in the same
 * order, and every rule of the wider schema also in the narrower one. It reports some harmless changes, but misses no
 * harmful one.
 */
final class NarrowerSchema {

    private static final Set<String> WORDS =
            Set.of("$schema", "$id", "$defs", "title", "description", "default", "format", "$ref");
    private static final Set<String> LISTS = Set.of("type", "enum");

    private final JsonNode narrowRoot;
    private final JsonNode wideRoot;
    private final boolean isForProducers;
    private final List<String> faults = new ArrayList<>();

    private NarrowerSchema(JsonNode narrowRoot, JsonNode wideRoot, boolean isForProducers) {
        this.narrowRoot = narrowRoot;
        this.wideRoot = wideRoot;
        this.isForProducers = isForProducers;
    }

    /** Why consumers written for {@code published} could not read what {@code current} allows. */
    static List<String> faultsForConsumers(JsonNode published, JsonNode current) {
        return new NarrowerSchema(current, published, false).compare();
    }

    /** Why {@code current} would reject what producers that know {@code published} write, who may send any field that it does not have. */
    static List<String> faultsForProducers(JsonNode published, JsonNode current) {
        return new NarrowerSchema(published, current, true).compare();
    }

    private List<String> compare() {
        compare("", narrowRoot, wideRoot);
        return faults;
    }

    private void compare(String at, JsonNode narrowOrReference, JsonNode wideOrReference) {
        JsonNode narrow = resolve(narrowRoot, narrowOrReference);
        JsonNode wide = resolve(wideRoot, wideOrReference);
        for (String rule : wide.propertyNames()) {
            if (!WORDS.contains(rule)) {
                compare(at + "/" + rule, rule, narrow.path(rule), wide.path(rule));
            }
        }
    }

    private void compare(String at, String rule, JsonNode narrow, JsonNode wide) {
        if (rule.equals("properties")) {
            wide.propertyNames().forEach(name -> compareField(at + "/" + name, narrow.path(name), wide.path(name)));
        } else if (narrow.isMissingNode()) {
            faults.add(at + " is " + wide + " only on one side");
        } else if (rule.equals("required")) {
            require(at, texts(narrow).containsAll(texts(wide)), narrow, wide);
        } else if (LISTS.contains(rule)) {
            require(at, texts(wide).containsAll(texts(narrow)), narrow, wide);
        } else if (rule.equals("oneOf") || rule.equals("anyOf")) {
            require(at, narrow.size() == wide.size(), narrow, wide);
            for (int i = 0; i < Math.min(narrow.size(), wide.size()); i++) {
                compare(at + "/" + i, narrow.get(i), wide.get(i));
            }
        } else if (rule.equals("items") || (rule.equals("additionalProperties") && wide.isObject())) {
            compare(at, narrow, wide);
        } else if (rule.startsWith("max")) {
            require(at, narrow.asLong() <= wide.asLong(), narrow, wide);
        } else {
            require(at, narrow.equals(wide), narrow, wide);
        }
    }

    private void compareField(String at, JsonNode narrow, JsonNode wide) {
        if (!narrow.isMissingNode()) {
            compare(at, narrow, wide);
        } else if (!isForProducers) {
            faults.add(at + " is gone");
        } else if (isRuled(wide)) {
            faults.add(at + " was ignored before and is checked now: needs a version");
        }
    }

    private boolean isRuled(JsonNode schema) {
        return !WORDS.containsAll(resolve(wideRoot, schema).propertyNames());
    }

    private void require(String at, boolean kept, JsonNode narrow, JsonNode wide) {
        if (!kept) {
            faults.add(at + ": " + narrow + " does not keep to " + wide);
        }
    }

    private static Set<String> texts(JsonNode list) {
        return list.isArray()
                ? list.valueStream().map(JsonNode::toString).collect(Collectors.toSet())
                : Set.of(list.toString());
    }

    private static JsonNode resolve(JsonNode root, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : resolve(root, root.at(reference.substring(1)));
    }
}
