package dev.sluice.http.access;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.TokenHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record of the access-tokens topic: the token from now on, empty if it was revoked or cannot be read, and who made
 * the change, if known.
 */
public record TokenRecord(String id, Optional<AccessToken> token, Optional<String> by) {

    private static final Logger LOG = LoggerFactory.getLogger(TokenRecord.class);
    private static final Pattern TOKEN_ID = Pattern.compile("[0-9a-f]{16}");

    /** Empty, with a warning in the log, if the key is no token id. */
    public static Optional<TokenRecord> read(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        String id = key == null ? "" : new String(key, StandardCharsets.ISO_8859_1);
        if (!TOKEN_ID.matcher(id).matches()) {
            LOG.warn("Ignoring {}-{}@{}: its key is no token id", record.topic(), record.partition(), record.offset());
            return Optional.empty();
        }
        return Optional.of(new TokenRecord(id, token(id, record.value()), TokenHeaders.by(record.headers())));
    }

    /** Changes {@code tokens}, by id, accordingly. Returns the token until now, if there was one. */
    public Optional<AccessToken> applyTo(Map<String, AccessToken> tokens) {
        return Optional.ofNullable(token.isPresent() ? tokens.put(id, token.get()) : tokens.remove(id));
    }

    // An unreadable record grants nothing, and also cancels what an older record with the same id granted. It must not
    // stop the reading, or one bad record would lock out every token.
    private static Optional<AccessToken> token(String id, byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(AccessTokenJson.read(id, value));
        } catch (RuntimeException e) {
            LOG.warn("Token {} opens nothing: {}", id, e.getMessage());
            return Optional.empty();
        }
    }
}
