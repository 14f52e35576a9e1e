package dev.sluice.embedded;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one reply: at most the requested number and about 4 MiB, but at least one document. Clients reject
 * replies over 48 MB; MongoDB stops at 16 MiB, but it does not hold documents as Java objects, which take several times
 * their BSON size.
 */
final class Batch {

    private static final long MAX_BYTES = 4L * 1024 * 1024;
    private static final int OF_A_NUMBER = 16;
    private static final int OF_AN_ELEMENT = 10;

    private final int most;
    private final List<Document> documents = new ArrayList<>();
    private long bytes;

    /** @param most the maximum number of documents; 0 for as many as fit */
    Batch(int most) {
        this.most = most > 0 ? most : Integer.MAX_VALUE;
    }

    boolean isComplete() {
        return documents.size() == most;
    }

    /** Adds a document if there is room, and returns whether it was added. */
    boolean add(Document document) {
        if (isComplete()) {
            return false;
        }
        bytes += bytes(document);
        if (!documents.isEmpty() && bytes > MAX_BYTES) {
            return false;
        }
        documents.add(document);
        return true;
    }

    List<Document> documents() {
        return documents;
    }

    /** Estimates the size of a value in BSON. */
    private static long bytes(@Nullable Object value) {
        return switch (value) {
            case Document document -> {
                long sum = 0;
                for (Map.Entry<String, Object> field : document.entrySet()) {
                    sum += field.getKey().length() + bytes(field.getValue());
                }
                yield sum + OF_A_NUMBER;
            }
            case Collection<?> elements -> {
                long sum = 0;
                for (Object element : elements) {
                    sum += OF_AN_ELEMENT + bytes(element);
                }
                yield sum;
            }
            case String text -> OF_A_NUMBER + ByteBufUtil.utf8Bytes(text);
            case byte[] binary -> OF_A_NUMBER + binary.length;
            case BinData binary -> OF_A_NUMBER + binary.getData().length;
            case null, default -> OF_A_NUMBER;
        };
    }
}
