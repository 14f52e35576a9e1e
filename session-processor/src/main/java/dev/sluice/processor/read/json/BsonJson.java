package dev.sluice.processor.read.json;

import java.math.BigDecimal;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.io.ByteBufferBsonInput;
import tools.jackson.core.JsonGenerator;

/** Writes stored values as the JSON that was submitted: the numeric types of MongoDB become JSON numbers again. */
public final class BsonJson {

    private static final int MAX_DEPTH = 256;

    // A limit, because 1e999 in a body must not come back two hundred times as long.
    private static final int MAX_ZEROS = 64;

    private BsonJson() {}

    /** Reads bytes directly if the document consists of bytes; the driver's own reader would first decode all of it into memory. */
    public static BsonReader reader(BsonDocument document) {
        return document instanceof RawBsonDocument bytes
                ? new BsonBinaryReader(new ByteBufferBsonInput(bytes.getByteBuffer()))
                : document.asBsonReader();
    }

    /** Writes a document of any depth as a JSON object, without decoding it into memory. */
    public static void write(BsonDocument document, JsonGenerator json) {
        try (BsonReader reader = reader(document)) {
            writeStructure(reader, BsonType.DOCUMENT, json);
        }
    }

    /**
     * Writes a field's value, an object or an array.
     *
     * @throws IllegalStateException if the document has no such field
     */
    public static void writeField(BsonDocument document, String field, JsonGenerator json) {
        try (BsonReader reader = reader(document)) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                if (reader.readName().equals(field)) {
                    writeStructure(reader, reader.getCurrentBsonType(), json);
                    return;
                }
                reader.skipValue();
            }
        }
        throw new IllegalStateException("a stored document has no field " + field);
    }

    private static void writeStructure(BsonReader reader, BsonType outermost, JsonGenerator json) {
        boolean[] isArray = new boolean[MAX_DEPTH];
        isArray[0] = start(reader, json, outermost);
        int depth = 0;
        while (depth >= 0) {
            BsonType type = reader.readBsonType();
            if (type == BsonType.END_OF_DOCUMENT) {
                end(reader, json, isArray[depth--]);
                continue;
            }
            if (!isArray[depth]) {
                json.writeName(reader.readName());
            }
            if (type == BsonType.DOCUMENT || type == BsonType.ARRAY) {
                isArray[++depth] = start(reader, json, type);
            } else {
                scalar(reader, json, type);
            }
        }
    }

    private static boolean start(BsonReader reader, JsonGenerator json, BsonType type) {
        if (type == BsonType.ARRAY) {
            reader.readStartArray();
            json.writeStartArray();
            return true;
        }
        reader.readStartDocument();
        json.writeStartObject();
        return false;
    }

    private static void end(BsonReader reader, JsonGenerator json, boolean isArray) {
        if (isArray) {
            reader.readEndArray();
            json.writeEndArray();
        } else {
            reader.readEndDocument();
            json.writeEndObject();
        }
    }

    private static void scalar(BsonReader reader, JsonGenerator json, BsonType type) {
        switch (type) {
            case STRING -> json.writeString(reader.readString());
            case INT32 -> json.writeNumber(reader.readInt32());
            case INT64 -> json.writeNumber(reader.readInt64());
            case DOUBLE -> json.writeNumber(reader.readDouble());
            case DECIMAL128 -> decimal(reader.readDecimal128().bigDecimalValue(), json);
            case BOOLEAN -> json.writeBoolean(reader.readBoolean());
            case NULL -> {
                reader.readNull();
                json.writeNull();
            }
            default -> throw new IllegalStateException("a stored JSON value holds BSON of type " + type);
        }
    }

    /** Writes integers without an exponent: JSON readers take a number with an exponent for a fraction and lose digits. */
    private static void decimal(BigDecimal value, JsonGenerator json) {
        if (value.scale() <= 0 && value.scale() >= -MAX_ZEROS) {
            json.writeNumber(value.toBigInteger());
        } else {
            json.writeNumber(value);
        }
    }
}
