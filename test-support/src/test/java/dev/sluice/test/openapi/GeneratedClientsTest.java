package dev.sluice.test.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What generators of clients make of the description compiles and loses nothing: it has only such forms as they understand. */
class GeneratedClientsTest {

    private static final OpenApiDescription DESCRIPTION = OpenApiDescription.load();
    private static final JsonNode ROOT = DESCRIPTION.root();
    private static final Pattern NAMED_SCHEMA = Pattern.compile("/components/schemas/[^/]+");
    // What these hold is no schema that anything is generated from.
    private static final Set<String> IGNORED = Set.of("not", "example", "examples");

    /** Python's generator fails for several, and Go takes the first for the only one. */
    @Test
    void aSchemaHasOneTypeBesidesNull() {
        assertThat(where(node -> types(node).size() > 1)).isEmpty();
    }

    /** Java's type of it does not compile. */
    @Test
    void nothingIsOnlyNull() {
        assertThat(where(node -> types(node).contains("null"))).allMatch(pointer -> pointer.contains("/anyOf/"));
    }

    /** Most generators take the first alternative that fits at all, and drop what only the others have. */
    @Test
    void theOnlyAlternativeIsNull() {
        assertThat(where(node -> alternatives(node.path("anyOf")) > 1 || node.has("oneOf")))
                .isEmpty();
    }

    /** Generators name other objects themselves: {@code InlineObject1}. */
    @Test
    void anObjectHasAName() {
        assertThat(where(node -> node.has("properties") || node.has("maxProperties")))
                .allMatch(pointer -> NAMED_SCHEMA.matcher(pointer).matches());
    }

    /** For Go, {@code NewNote} is the constructor of {@code Note}. */
    @Test
    void noSchemaIsNamedLikeAConstructor() {
        assertThat(ROOT.at("/components/schemas").propertyNames()).noneMatch(name -> name.startsWith("New"));
    }

    /** Without them, elements have no type in TypeScript. */
    @Test
    void anArrayHasItems() {
        assertThat(where(node -> types(node).contains("array") && !node.has("items")))
                .isEmpty();
    }

    /** Otherwise TypeScript's type of it is an object that must be empty. */
    @Test
    void anObjectOfAnythingSaysSo() {
        assertThat(where(node -> types(node).contains("object")
                        && !node.has("properties")
                        && !node.has("maxProperties")
                        && !node.has("additionalProperties")))
                .isEmpty();
    }

    /** A reference to an array becomes a list without a type in Java, and does not compile in TypeScript. */
    @Test
    void theValuesOfAMapAreDescribedInPlace() {
        assertThat(where(node -> node.path("additionalProperties").has("$ref"))).isEmpty();
    }

    /** TypeScript takes a field with a default for one that must be there. */
    @Test
    void noFieldHasADefault() {
        assertThat(where(node -> node.has("default"))).noneMatch(pointer -> pointer.contains("/properties/"));
    }

    /** Generators allow for one kind of body, so what else an operation takes could not be sent. */
    @Test
    void anOperationTakesOneMediaType() {
        assertThat(where(node -> node.path("requestBody").path("content").size() > 1))
                .isEmpty();
    }

    /** A generator takes the body of the lowest status below 300 for that of all: what others have is lost, but for a detail. */
    @Test
    void anOperationHasOneResult() {
        List<String> several = new ArrayList<>();
        for (String path : DESCRIPTION.paths()) {
            for (String method : DESCRIPTION.methods(path)) {
                String at = OpenApiDescription.pointer("paths", path, method.toLowerCase(Locale.ROOT));
                Set<String> results = results(ROOT.at(at + "/responses"));
                if (results.size() != 1) {
                    several.add(at + ": " + results);
                }
            }
        }

        assertThat(several).isEmpty();
    }

    private static Set<String> results(JsonNode responses) {
        TreeMap<String, String> bodies = new TreeMap<>();
        responses.properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> bodies.put(
                        response.getKey(),
                        response.getValue()
                                .at("/content/application~1json/schema/$ref")
                                .asString("")));
        Set<String> results =
                new HashSet<>(bodies.tailMap(bodies.firstKey(), false).values());
        results.remove("#/components/schemas/Detail");
        results.add(bodies.firstEntry().getValue());
        return results;
    }

    private static int alternatives(JsonNode anyOf) {
        return (int) anyOf.valueStream()
                .filter(schema -> !schema.path("type").asString("").equals("null"))
                .count();
    }

    /** The types of a schema but null; null is a type of its own only if it is the only one. */
    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.valueStream()
                        .map(one -> one.asString(""))
                        .filter(one -> !one.equals("null"))
                        .toList()
                : List.of(type.asString(""));
    }

    /** The places of all objects in the description that have a form. */
    private static List<String> where(Predicate<JsonNode> form) {
        List<String> found = new ArrayList<>();
        collect("", ROOT, form, found);
        return found;
    }

    private static void collect(String pointer, JsonNode node, Predicate<JsonNode> form, List<String> found) {
        if (node.isObject() && form.test(node)) {
            found.add(pointer);
        }
        node.properties().stream()
                .filter(field -> !IGNORED.contains(field.getKey()))
                .forEach(field ->
                        collect(pointer + OpenApiDescription.pointer(field.getKey()), field.getValue(), form, found));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(pointer + "/" + i, node.path(i), form, found);
        }
    }
}
