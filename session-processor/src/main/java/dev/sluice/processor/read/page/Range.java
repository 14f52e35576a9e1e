package dev.sluice.processor.read.page;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param <K> the type of the list's keys
 * @param beyond where it begins, that key excluded; null for the list's end that {@code direction} comes from
 * @param direction which way it goes
 * @param skip so many are passed over first
 */
public record Range<K>(@Nullable K beyond, Direction direction, int skip) {}
