package dev.sluice.standalone.start;

import dev.sluice.contract.id.IdBase;
import dev.sluice.http.quota.Quotas;
import dev.sluice.processor.LogConfig;
import dev.sluice.standalone.store.GivenStore;
import org.jspecify.annotations.Nullable;

/**
 * The options of a standalone.
 *
 * @param port the loopback port for HTTP, or 0 for any free one
 * @param kafkaPort the loopback port of its own broker, or 0 for any free one
 * @param kafka the bootstrap servers of a Kafka to use instead of its own; null for its own
 * @param mongodb a MongoDB to use instead of its own store; null for its own
 * @param logMovedTo see {@link LogConfig#movedTo}
 */
public record StartOptions(
        int port,
        int kafkaPort,
        @Nullable String kafka,
        @Nullable GivenStore mongodb,
        IdBase idsBase,
        String logMovedTo,
        Quotas quotas) {

    /** Its own broker and store, on any free ports, without quotas. */
    public static final StartOptions ON_ANY_PORTS = new StartOptions(0, 0, null, null, IdBase.NONE, "", Quotas.NONE);
}
