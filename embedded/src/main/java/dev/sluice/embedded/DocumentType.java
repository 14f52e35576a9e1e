package dev.sluice.embedded;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Stores documents in H2's map as BSON. H2's default serializes Java objects, which takes most of the time of a write,
 * and estimates 10 kB for each, so that a page holds only one or two. Thread-safe.
 */
final class DocumentType extends BasicDataType<Document> {

    // Says which form a document has, of which this is the only one.
    private static final byte BSON = 125;
    private static final int FIRST_ESTIMATE = 1_000;
    private static final int OF_OBJECTS = 3;

    // A running estimate of the size of recent documents; races between threads make it slightly wrong, which is
    // harmless.
    private volatile int usualBytes = FIRST_ESTIMATE;

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }

    /** Estimates the memory as a multiple of the BSON size; measuring each document would cost as much as writing it. */
    @Override
    public int getMemory(Document document) {
        return OF_OBJECTS * usualBytes;
    }

    @Override
    public void write(WriteBuffer out, Document document) {
        ByteBuf bson = Unpooled.buffer(usualBytes);
        BsonEncoder.encodeDocument(document, bson);
        int length = bson.readableBytes();
        usualBytes = (int) ((15L * usualBytes + length) / 16);
        out.put(BSON).putVarInt(length).put(bson.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer in) {
        byte form = in.get();
        if (form != BSON) {
            throw new IllegalStateException("a document has the form " + form + ": expected " + BSON);
        }
        int length = DataUtils.readVarInt(in);
        Document document = BsonDecoder.decodeBson(Unpooled.wrappedBuffer(in.slice(in.position(), length)));
        in.position(in.position() + length);
        return document;
    }
}
