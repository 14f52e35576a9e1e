package dev.sluice.test.fault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/**
 * MongoDB's wire protocol. A request has the name of its command, followed by its collection if it has one: {@code
 * insert submissions}, {@code hello}. Compressed messages have no name.
 */
final class MongoProtocol implements Protocol {

    static final int HEADER_BYTES = 16;
    static final int OP_MSG = 2013;

    private static final int FLAG_BYTES = 4;
    private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
    private static final byte BODY = 0;

    @Override
    public byte @Nullable [] read(InputStream stream) throws IOException {
        byte[] length = stream.readNBytes(Integer.BYTES);
        if (length.length < Integer.BYTES) {
            return null;
        }
        int bytes = littleEndian(length).getInt();
        if (bytes < HEADER_BYTES || bytes > MAX_MESSAGE_BYTES) {
            throw new IOException("a message of " + bytes + " bytes: expected MongoDB's wire protocol");
        }
        byte[] message = Arrays.copyOf(length, bytes);
        if (stream.readNBytes(message, Integer.BYTES, bytes - Integer.BYTES) < bytes - Integer.BYTES) {
            throw new EOFException("the stream ends within a message");
        }
        return message;
    }

    @Override
    public @Nullable Message request(byte[] bytes) {
        BsonDocument body = body(bytes);
        if (body == null) {
            return null;
        }
        String command = body.getFirstKey();
        BsonValue value = body.get(command);
        String name = value != null && value.isString()
                ? command + " " + value.asString().getValue()
                : command;
        return new Message(name, littleEndian(bytes).getInt(4), bytes);
    }

    @Override
    public int answered(byte[] bytes) {
        return littleEndian(bytes).getInt(8);
    }

    @Override
    public byte[] forClient(Message request, byte[] answer) {
        return answer;
    }

    /** The document in a message; null for message types without one. */
    static @Nullable BsonDocument body(byte[] bytes) {
        ByteBuffer message = littleEndian(bytes);
        if (message.getInt(12) != OP_MSG) {
            return null;
        }
        int at = HEADER_BYTES + FLAG_BYTES;
        while (at < bytes.length) {
            int length = message.getInt(at + 1);
            if (bytes[at] == BODY) {
                return new RawBsonDocument(bytes, at + 1, length);
            }
            at += 1 + length;
        }
        return null;
    }

    /** Encodes a response to a request. */
    static byte[] answer(int request, BsonDocument body) {
        ByteBuffer document = new RawBsonDocument(body, new BsonDocumentCodec())
                .getByteBuffer()
                .asNIO();
        int length = HEADER_BYTES + FLAG_BYTES + 1 + document.remaining();
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(length).putInt(0).putInt(request).putInt(OP_MSG);
        message.putInt(0).put(BODY).put(document);
        return message.array();
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
