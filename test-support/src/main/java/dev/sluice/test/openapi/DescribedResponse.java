package dev.sluice.test.openapi;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The description of one response.
 *
 * @param pointer its place in the document
 */
record DescribedResponse(OpenApiDescription description, String pointer) {

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

    /** The media types of the body; empty if there is no body. */
    List<String> mediaTypes() {
        return List.copyOf(node().path("content").propertyNames());
    }

    /** The place of the schema for a body of that media type. */
    String schemaPointer(String mediaType) {
        return pointer + OpenApiDescription.pointer("content", mediaType, "schema");
    }

    private JsonNode node() {
        return description.at(pointer);
    }
}
