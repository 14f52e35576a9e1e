package dev.sluice.processor.read.session;

import java.util.Optional;

/**
 * The range of ids that includes all sessions received within a time range.
 *
 * @param from the lower bound, inclusive; empty if unbounded
 * @param before the upper bound, exclusive; empty if unbounded
 */
record CreatedIds(Optional<Long> from, Optional<Long> before) {}
