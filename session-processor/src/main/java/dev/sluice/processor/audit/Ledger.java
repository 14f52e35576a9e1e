package dev.sluice.processor.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * What an audit must remember of a log of any length, in a file with a bounded part in memory. The file is deleted on close or when the process
 * ends. Not thread-safe.
 */
final class Ledger implements AutoCloseable {

    // Beyond every position that an id can have.
    private static final int POSITION_BITS = 55;
    private static final int CACHE_MEGABYTES = 32;
    private static final int WRITE_BUFFER_KILOBYTES = 8 * 1024;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final Path file;
    private final MVStore store;
    // The ends of ranges without a record, by their beginnings.
    private final MVMap<Long, Long> empty;
    private final Documents<String> claims;
    private final Documents<Long> submissions;

    private Ledger(Path file, MVStore store) {
        this.file = file;
        this.store = store;
        this.empty = store.openMap("empty");
        this.claims = documents("claims");
        this.submissions = documents("submissions");
    }

    static Ledger open() {
        try {
            Path file = Files.createTempFile("sluice-audit-", ".tmp");
            file.toFile().deleteOnExit();
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(CACHE_MEGABYTES)
                    .autoCommitBufferSize(WRITE_BUFFER_KILOBYTES)
                    .open();
            // No other process ever reads the file.
            store.setVersionsToKeep(0);
            store.setRetentionTime(0);
            return new Ledger(file, store);
        } catch (IOException e) {
            throw new AuditFailedException("cannot make a temporary file: " + e.getMessage(), e);
        }
    }

    /** Documents by key, as they follow from the log so far. */
    final class Documents<K> {

        private final MVMap<K, byte[]> map;

        private Documents(String name) {
            this.map = store.openMap(name);
        }

        @Nullable
        BsonDocument get(K key) {
            RawBsonDocument raw = raw(key);
            return raw == null ? null : raw.decode(CODEC);
        }

        /** The stored bytes, not decoded. */
        @Nullable
        RawBsonDocument raw(K key) {
            byte[] bytes = map.get(key);
            return bytes == null ? null : new RawBsonDocument(bytes);
        }

        void put(K key, BsonDocument document) {
            map.put(key, bytes(document));
        }

        boolean contains(K key) {
            return map.containsKey(key);
        }

        void remove(K key) {
            map.remove(key);
        }

        Iterator<K> keys() {
            return map.keyIterator(null);
        }
    }

    <K> Documents<K> documents(String name) {
        return new Documents<>(name);
    }

    /** Remembers that the positions from {@code from}, inclusive, to {@code to}, exclusive, have no record. */
    void addEmpty(int partition, long from, long to) {
        empty.put(place(partition, from), place(partition, to));
    }

    boolean isEmpty(int partition, long position) {
        long place = place(partition, position);
        Long from = empty.floorKey(place);
        Long to = from == null ? null : empty.get(from);
        return to != null && place < to;
    }

    private static long place(int partition, long position) {
        return ((long) partition << POSITION_BITS) | position;
    }

    /** The claims on keys, as they are stored. */
    Documents<String> claims() {
        return claims;
    }

    /** The expected documents of submissions whose stored documents differ. */
    Documents<Long> submissions() {
        return submissions;
    }

    @Override
    public void close() {
        store.closeImmediately();
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // Deletion is retried when the process ends.
        }
    }

    private static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = document instanceof RawBsonDocument given ? given : new RawBsonDocument(document, CODEC);
        ByteBuffer buffer = raw.getByteBuffer().asNIO();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
