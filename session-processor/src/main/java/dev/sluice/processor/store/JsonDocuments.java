package dev.sluice.processor.store;

import dev.sluice.contract.submission.FieldName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON that the server itself produced into a document: objects, arrays and texts. */
final class JsonDocuments {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonDocuments() {}

    static void copyObject(FieldName name, byte[] json, BsonBuffer sink) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            sink.startObject(name);
            int open = 1;
            while (open > 0) {
                JsonToken token = parser.nextToken();
                switch (token) {
                    case START_OBJECT -> sink.startObject(field(parser));
                    case START_ARRAY -> sink.startArray(field(parser));
                    case END_OBJECT, END_ARRAY -> sink.end();
                    case VALUE_STRING -> sink.string(field(parser), parser.getString());
                    case PROPERTY_NAME -> {}
                    default -> throw new IllegalStateException("errors hold " + token + ": expected texts only");
                }
                open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
        }
    }

    private static @Nullable FieldName field(JsonParser parser) {
        JsonToken token = parser.currentToken();
        // At the start of a structure the parser is already inside it, and its name belongs to the parent.
        var context = parser.streamReadContext();
        String name = token.isStructStart() ? context.getParent().currentName() : context.currentName();
        return name == null ? null : FieldName.of(name);
    }
}
