package dev.sluice.processor.read.page;

import java.util.List;

/**
 * What was fetched of a range.
 *
 * @param <T> the type of the items
 * @param items in the range's direction; fewer than asked for where they are large
 * @param more whether the range goes on
 */
public record Run<T>(List<T> items, boolean more) {}
