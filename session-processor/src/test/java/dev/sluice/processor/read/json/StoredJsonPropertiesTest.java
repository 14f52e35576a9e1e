package dev.sluice.processor.read.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import dev.sluice.processor.store.BsonBuffer;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Any extra or findings of a client come back as the same JSON value, from a document of exactly the calculated size. */
class StoredJsonPropertiesTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String[] TEXTS = {"", "a", "é", "€", "😀", "\0", "\"quoted\" \\", "line\nbreak", "$ref", "a.b"
    };

    private final SubmissionValidator validator = new SubmissionValidator();

    @Property(tries = 1000)
    void comesBackAsItWasSent(@ForAll long seed) {
        ObjectNode body = session(new Random(seed));
        byte[] sent = JSON.writeValueAsBytes(body);
        DocumentSize reckoned = new DocumentSize();
        BsonBuffer buffer = new BsonBuffer();

        assertThat(validator.validateSession(sent, 1, reckoned)).isInstanceOf(Validation.Valid.class);
        buffer.begin();
        assertThat(validator.validateSession(sent, 1, buffer)).isInstanceOf(Validation.Valid.class);
        long size = buffer.size();
        buffer.finish();

        assertThat(size).isEqualTo(reckoned.size()).isEqualTo(buffer.usedBytes());
        RawBsonDocument stored = buffer.documents().getFirst();
        // The driver's own decoder reads every byte of the document.
        BsonDocument decoded = stored.decode(new BsonDocumentCodec());
        assertThat(new RawBsonDocument(decoded, new BsonDocumentCodec())).isEqualTo(stored);
        // A task is stored without its project, which the document contains once.
        JsonNode expected = JSON.readTree(new String(sent, UTF_8).replace("\"1-T", "\"T"));
        assertThat(json(stored).equals(StoredJsonPropertiesTest::byValue, expected))
                .isTrue();
    }

    private static JsonNode json(BsonDocument document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            BsonJson.write(document, json);
        }
        return JSON.readTree(bytes.toByteArray());
    }

    private static ObjectNode session(Random random) {
        ObjectNode session = JSON.createObjectNode();
        session.put("analysis_ref", "ref" + TEXTS[random.nextInt(TEXTS.length)]);
        session.put("analysis_type", "fortify");
        session.set("extra", object(random, 0));
        ArrayNode notes = session.putArray("notes");
        for (int i = random.nextInt(12); i > 0; i--) {
            ObjectNode note = notes.addObject();
            note.put("task", "1-T" + i).put("behaviour", "combine").put("confidence", "low");
            note.put("status", "fail").put("automatic", random.nextBoolean());
            note.set("findings", random.nextBoolean() ? object(random, 0) : array(random, 0));
        }
        return session;
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set((i + TEXTS[random.nextInt(TEXTS.length)]).replace("\0", ""), value(random, depth + 1));
        }
        return object;
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode array = JSON.createArrayNode();
        for (int i = random.nextInt(depth == 0 ? 120 : 5); i > 0; i--) {
            array.add(value(random, depth + 1));
        }
        return array;
    }

    private static JsonNode value(Random random, int depth) {
        var nodes = JSON.getNodeFactory();
        return switch (random.nextInt(depth > 6 ? 8 : 10)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.booleanNode(random.nextBoolean());
            case 2 -> nodes.numberNode(random.nextInt());
            case 3 -> nodes.numberNode(random.nextLong());
            case 4 -> nodes.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(200) - 100));
            case 5 -> nodes.numberNode(new BigInteger(110, random));
            case 6 -> nodes.numberNode(new BigDecimal(new BigInteger(110, random), random.nextInt(40)));
            case 7 -> nodes.stringNode(TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(4)));
            case 8 -> object(random, depth);
            default -> array(random, depth);
        };
    }

    /** Compares numbers by value. */
    private static int byValue(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }
}
