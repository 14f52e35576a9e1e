package dev.sluice.test.openapi;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What the description says of one response.
 *
 * @param pointer where it says so
 */
record DescribedResponse(OpenApiDescription description, String pointer) {

    /** A header that may come with it. */
    record DescribedHeader(String name, boolean required, String schemaPointer) {}

    List<DescribedHeader> headers() {
        List<DescribedHeader> headers = new ArrayList<>();
        for (String name : node().path("headers").propertyNames()) {
            String at = description.resolve(pointer + OpenApiDescription.pointer("headers", name));
            headers.add(new DescribedHeader(
                    name, description.at(at).path("required").asBoolean(false), at + "/schema"));
        }
        return headers;
    }

    /** The media types of its body; none if it has no body. */
    List<String> mediaTypes() {
        return List.copyOf(node().path("content").propertyNames());
    }

    /** Where the schema of a body of that type is. */
    String schemaPointer(String mediaType) {
        return pointer + OpenApiDescription.pointer("content", mediaType, "schema");
    }

    private JsonNode node() {
        return description.at(pointer);
    }
}
