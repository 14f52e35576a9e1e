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
import org.h2.mvstore.type.ObjectDataType;

/**
 * Documents in a map of H2's store as BSON. H2 by itself writes them as serialized Java objects, which takes most of the time that storing
 * takes, and counts each for 10 kB, so that a page has one or two. What it has written so is read still. For many threads.
 */
final class DocumentType extends BasicDataType<Document> {

    // No tag of ObjectDataType's.
    private static final byte BSON = 125;
    private static final int FIRST_ESTIMATE = 1_000;
    private static final int OF_OBJECTS = 3;

    private final ObjectDataType serialized = new ObjectDataType();
    // How long the latest were; wrong by what threads miss of one another.
    private volatile int usualBytes = FIRST_ESTIMATE;

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }

    /** Their objects take a few times what they take as BSON; to count each would cost as much as to write it. */
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
        if (in.get(in.position()) != BSON) {
            return (Document) serialized.read(in);
        }
        in.get();
        int length = DataUtils.readVarInt(in);
        Document document = BsonDecoder.decodeBson(Unpooled.wrappedBuffer(in.slice(in.position(), length)));
        in.position(in.position() + length);
        return document;
    }
}
