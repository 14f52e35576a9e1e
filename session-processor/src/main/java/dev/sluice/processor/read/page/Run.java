package dev.sluice.processor.read.page;

import java.util.List;

/**
 * The items fetched from a range.
 *
 * @param <T> the type of the items
 * @param items in the range's direction; fewer than requested if they are large
 * @param more whether the range has more items
 */
public record Run<T>(List<T> items, boolean more) {}
