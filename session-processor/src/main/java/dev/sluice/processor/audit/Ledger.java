package dev.sluice.processor.audit;

import dev.sluice.contract.topic.SubmissionDigest;
import dev.sluice.processor.key.Claim;
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

    private static final int CACHE_MEGABYTES = 32;
    private static final int WRITE_BUFFER_KILOBYTES = 8 * 1024;
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final Path file;
    private final MVStore store;
    private final MVMap<String, byte[]> claims;
    private final MVMap<Long, byte[]> submissions;

    private Ledger(Path file, MVStore store) {
        this.file = file;
        this.store = store;
        this.claims = store.openMap("claims");
        this.submissions = store.openMap("submissions");
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
    final class Documents {

        private final MVMap<String, byte[]> map;

        private Documents(String name) {
            this.map = store.openMap(name);
        }

        @Nullable
        BsonDocument get(String key) {
            RawBsonDocument raw = raw(key);
            return raw == null ? null : raw.decode(CODEC);
        }

        /** The stored bytes, not decoded. */
        @Nullable
        RawBsonDocument raw(String key) {
            byte[] bytes = map.get(key);
            return bytes == null ? null : new RawBsonDocument(bytes);
        }

        void put(String key, BsonDocument document) {
            map.put(key, bytes(document));
        }

        boolean contains(String key) {
            return map.containsKey(key);
        }

        void remove(String key) {
            map.remove(key);
        }

        Iterator<String> keys() {
            return map.keyIterator(null);
        }
    }

    Documents documents(String name) {
        return new Documents(name);
    }

    /** The ends of ranges by their beginnings; see {@link EmptyPositions}. */
    MVMap<Long, Long> ranges(String name) {
        return store.openMap(name);
    }

    @Nullable
    Claim claim(String key) {
        byte[] bytes = claims.get(key);
        return bytes == null ? null : claim(key, bytes);
    }

    void put(Claim claim) {
        byte[] digest = claim.digest().toBytes();
        claims.put(
                claim.key(),
                ByteBuffer.allocate(Long.BYTES + digest.length)
                        .putLong(claim.submission())
                        .put(digest)
                        .array());
    }

    void removeClaim(String key) {
        claims.remove(key);
    }

    Iterator<String> claimedKeys() {
        return claims.keyIterator(null);
    }

    /** Keeps the expected document of a submission whose stored document differs. */
    void put(long id, BsonDocument expected) {
        submissions.put(id, bytes(expected));
    }

    @Nullable
    BsonDocument submission(long id) {
        byte[] bytes = submissions.get(id);
        return bytes == null ? null : new RawBsonDocument(bytes);
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

    private static Claim claim(String key, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long submission = buffer.getLong();
        byte[] digest = new byte[buffer.remaining()];
        buffer.get(digest);
        return new Claim(key, submission, SubmissionDigest.ofBytes(digest));
    }

    private static byte[] bytes(BsonDocument document) {
        RawBsonDocument raw = document instanceof RawBsonDocument given ? given : new RawBsonDocument(document, CODEC);
        ByteBuffer buffer = raw.getByteBuffer().asNIO();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
