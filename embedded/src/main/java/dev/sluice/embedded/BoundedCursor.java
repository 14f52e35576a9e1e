package dev.sluice.embedded;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.buffer.ByteBufUtil;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found and is not handed out yet. A batch ends after 16 MiB, as MongoDB's do: clients refuse a reply of more than 48 MB. */
final class BoundedCursor extends AbstractCursor {

    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final int OF_A_NUMBER = 16;
    private static final int OF_AN_ELEMENT = 10;

    private volatile List<Document> remaining;

    BoundedCursor(long id, List<Document> found) {
        super(id);
        this.remaining = found;
    }

    @Override
    public boolean isEmpty() {
        return remaining.isEmpty();
    }

    /** One document at least, if any is left; with 0 as many as fit. */
    @Override
    public List<Document> takeDocuments(int most) {
        int end = most > 0 ? Math.min(most, remaining.size()) : remaining.size();
        int taken = 0;
        long bytes = 0;
        while (taken < end) {
            bytes += bytes(remaining.get(taken));
            if (taken > 0 && bytes > MAX_BYTES) {
                break;
            }
            taken++;
        }
        List<Document> batch = remaining.subList(0, taken);
        remaining = remaining.subList(taken, remaining.size());
        return batch;
    }

    /** About as many as it takes in BSON. */
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
