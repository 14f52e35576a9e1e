package dev.sluice.test.openapi;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.NonValidationKeyword;
import dev.sluice.test.openapi.DescribedResponse.DescribedHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks responses against the API description: status, headers, media type, and the body against its schema. Also
 * checks what the description says of every path: 404 for an unknown path, 405 for an unknown method, OPTIONS, HEAD,
 * and a path without its slash. Thread-safe.
 */
public final class OpenApiContract {

    private static final String DOCUMENT = "https://sluice.invalid/openapi.json";
    private static final String FEED_RESULT = OpenApiDescription.pointer("components", "schemas", "FeedResult");
    private static final Set<Integer> REFUSALS_BY_TRANSPORT = Set.of(400, 408, 413, 414, 431, 501, 505);

    private final OpenApiDescription description = OpenApiDescription.load();
    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(
            dialect(),
            builder -> builder.schemas(Map.of(DOCUMENT, description.root().toString())));

    private OpenApiContract() {}

    public static OpenApiContract load() {
        return new OpenApiContract();
    }

    /**
     * Checks one response.
     *
     * @param body the response body; empty for none
     * @throws AssertionError with all mismatches
     */
    public void assertConforms(String method, String path, int status, Map<String, List<String>> headers, String body) {
        String bare = path.split("\\?", 2)[0];
        List<List<String>> faults = described(method, bare, status).stream()
                .map(response -> check(response, headers, body, method.equals("HEAD")))
                .toList();
        if (faults.stream().noneMatch(List::isEmpty)) {
            fail(
                    method + " " + bare + " answered " + status,
                    body,
                    faults.isEmpty() ? List.of("the status is not described") : faults.getFirst());
        }
    }

    /** Checks a response to input that never became a request: not HTTP, too long, too slow. */
    public void assertRefusedByTransport(int status, Map<String, List<String>> headers, String body) {
        List<String> faults = new ArrayList<>(check(description.component("RefusedByTransport"), headers, body, false));
        if (!REFUSALS_BY_TRANSPORT.contains(status)) {
            faults.add("the status is not one of " + REFUSALS_BY_TRANSPORT);
        }
        fail("The transport answered " + status, body, faults);
    }

    /** The errors in an instance of the schema at {@code schemaPointer}; empty if it conforms. */
    List<String> faults(String schemaPointer, JsonNode instance) {
        return schema(schemaPointer)
                .validate(
                        instance.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    OpenApiDescription description() {
        return description;
    }

    /** What may be answered: one of these, or nothing if there are none. */
    private List<DescribedResponse> described(String method, String path, int status) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        boolean endsInSlash = path.endsWith("/");
        Optional<String> template = description.template(endsInSlash ? path : path + "/");
        if (template.isEmpty()) {
            return status == 404 || status == 401 ? ofAnyPath(status) : List.of();
        }
        if (reads && !endsInSlash) {
            return status == 301 ? component("MovedToSlash") : status == 401 ? ofAnyPath(status) : List.of();
        }
        if (method.equals("OPTIONS")) {
            return status == 200 ? component("Methods") : ofAnyPath(status);
        }
        String described = method.equals("HEAD") ? "GET" : method;
        if (description.methods(template.get()).contains(described)) {
            // Without its slash a path may have an operation of its own, and takes what the path with the slash takes.
            return Stream.of(description.template(path), template)
                    .flatMap(Optional::stream)
                    .distinct()
                    .flatMap(one -> description.response(one, described, status).stream())
                    .toList();
        }
        return status == 405 ? component("MethodNotAllowed") : ofAnyPath(status);
    }

    private List<DescribedResponse> ofAnyPath(int status) {
        return switch (status) {
            case 401 -> component("Unauthenticated");
            case 403 -> component("Forbidden");
            case 404 -> component("NotFound");
            default -> List.of();
        };
    }

    private List<DescribedResponse> component(String name) {
        return List.of(description.component(name));
    }

    private List<String> check(
            DescribedResponse response, Map<String, List<String>> headers, String body, boolean isHead) {
        List<String> faults = new ArrayList<>();
        for (DescribedHeader header : response.headers()) {
            Optional<String> value = first(headers, header.name());
            if (value.isEmpty() && header.required()) {
                faults.add("the header " + header.name() + " is missing");
            }
            value.ifPresent(
                    text -> faults(header.schemaPointer(), json.getNodeFactory().stringNode(text))
                            .forEach(fault -> faults.add("header " + header.name() + ": " + fault)));
        }
        String mediaType =
                first(headers, "Content-Type").orElse("").split(";", 2)[0].strip();
        if (!response.mediaTypes().contains(mediaType)) {
            faults.add("the media type is \"" + mediaType + "\": expected one of " + response.mediaTypes());
        } else if (isHead) {
            if (!body.isEmpty()) {
                faults.add("there is a body: expected none for HEAD");
            }
        } else if (mediaType.equals("application/x-ndjson")) {
            body.lines().forEach(line -> checkBody(FEED_RESULT, line, faults));
        } else {
            checkBody(response.schemaPointer(mediaType), body, faults);
        }
        return faults;
    }

    private void checkBody(String schemaPointer, String body, List<String> faults) {
        try {
            faults.addAll(faults(schemaPointer, json.readTree(body)));
        } catch (JacksonException e) {
            faults.add("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    /** OpenAPI's dialect, for schemas in a document that also has other members. */
    private Dialect dialect() {
        List<Keyword> members = new ArrayList<>();
        description.root().propertyNames().forEach(name -> members.add(new NonValidationKeyword(name)));
        return Dialect.builder(Dialects.getOpenApi31()).keywords(members).build();
    }

    private Schema schema(String pointer) {
        // A URI's fragment cannot contain the braces of a path template.
        String fragment = pointer.replace("{", "%7B").replace("}", "%7D");
        return schemas.getSchema(SchemaLocation.of(DOCUMENT + "#" + fragment));
    }

    private static Optional<String> first(Map<String, List<String>> headers, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(lower))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    private static void fail(String what, String body, List<String> faults) {
        if (!faults.isEmpty()) {
            String shown = body.length() > 2000 ? body.substring(0, 2000) + "…" : body;
            throw new AssertionError(what + ", which the API's description does not allow:\n  - "
                    + String.join("\n  - ", faults) + "\nThe body was: " + shown);
        }
    }
}
