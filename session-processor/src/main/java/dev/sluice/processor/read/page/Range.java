package dev.sluice.processor.read.page;

import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param <K> the type of the list's keys
 * @param beyond the key that it begins after; null for the end of the list that {@code direction} starts at
 * @param direction the direction of the range
 * @param skip the number of items to skip first
 */
public record Range<K>(@Nullable K beyond, Direction direction, int skip) {}
