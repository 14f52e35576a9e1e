package dev.sluice.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/** A collection of a {@link DocumentStore}. Reads ids in order without holding up others, and otherwise locks itself for each command. */
final class DocumentCollection extends H2Collection {

    private static final String ID = "_id";
    private static final String OF_A_CLIENT = "$query";
    private static final String ORDER_OF_A_CLIENT = "$orderby";

    private final MVMap<Object, Document> documents;
    private volatile @Nullable Thread addsIgnored;
    private volatile @Nullable Thread answersClient;

    DocumentCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> properties,
            CursorRegistry cursors) {
        this.documents = documents;
        super(database, name, options, documents, properties, cursors);
    }

    // The placeholder for an ignored index stays empty, yet each start read every document twice for it: 55 s for
    // 150,000.
    @Override
    public void addIndex(Index<Object> index) {
        addsIgnored = index instanceof EmptyIndex ? Thread.currentThread() : null;
        try {
            super.addIndex(index);
        } finally {
            addsIgnored = null;
        }
    }

    @Override
    protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
        return addsIgnored == Thread.currentThread() ? Stream.empty() : super.streamAllDocumentsWithPosition();
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, @Nullable Document order, int skip, int limit, int batchSize, @Nullable Document fields) {
        if (query.containsKey(ID) && query.keySet().size() > 1) {
            Document byId = new Document(ID, query.get(ID));
            for (Index<Object> index : getIndexes()) {
                if (index.canHandle(byId)) {
                    return matchDocuments(query, index.getPositions(byId), order, skip, limit, batchSize, fields);
                }
            }
        }
        return super.queryDocuments(query, order, skip, limit, batchSize, fields);
    }

    // The backend's own updates, deletions and aggregations call this too, and need all results at once.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public QueryResult handleQuery(QueryParameters asked) {
        Document selector = asked.getQuerySelector();
        if (selector.get(OF_A_CLIENT) instanceof Document query) {
            Document order = (Document) selector.get(ORDER_OF_A_CLIENT);
            return IdRange.of(query, order, documents)
                    .map(range -> inOrder(range, query, asked))
                    .orElseGet(() -> handleAlone(asked));
        }
        return handleAlone(asked);
    }

    private synchronized QueryResult handleAlone(QueryParameters asked) {
        answersClient = asked.getQuerySelector().containsKey(OF_A_CLIENT) ? Thread.currentThread() : null;
        try {
            return super.handleQuery(asked);
        } finally {
            answersClient = null;
        }
    }

    private boolean answersClient() {
        return answersClient == Thread.currentThread();
    }

    // The backend collects and sorts all matches, even for one page of a list, and others wait for it. Here they wait
    // only while a document is compared and copied, not while it is decoded.
    private QueryResult inOrder(IdRange range, Document query, QueryParameters asked) {
        OrderedCursor cursor = new OrderedCursor(
                cursorRegistry.generateCursorId(),
                documents,
                range,
                document -> matches(document, query),
                document -> shown(document, asked.getProjection()),
                asked.getNumberToSkip(),
                asked.getLimit());
        return result(cursor, asked.getBatchSize());
    }

    private synchronized boolean matches(Document document, Document query) {
        return documentMatchesQuery(document, query);
    }

    // A copy, because the backend updates documents in place.
    private synchronized Document shown(Document document, @Nullable Document fields) {
        return fields == null || fields.isEmpty()
                ? document.clone()
                : matchDocumentsFromStream(new Document(), Stream.of(document), 0, 0, 0, null, fields)
                        .iterator()
                        .next();
    }

    @Override
    protected QueryResult createQueryResult(List<Document> found, int batchSize) {
        return answersClient()
                ? result(new BoundedCursor(cursorRegistry.generateCursorId(), found), batchSize)
                : super.createQueryResult(found, batchSize);
    }

    private QueryResult result(AbstractCursor cursor, int batchSize) {
        List<Document> first = cursor.takeDocuments(batchSize);
        if (cursor.isEmpty()) {
            return new QueryResult(first);
        }
        cursorRegistry.add(cursor);
        return new QueryResult(first, cursor);
    }
}
