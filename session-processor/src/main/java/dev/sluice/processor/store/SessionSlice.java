package dev.sluice.processor.store;

import java.util.List;
import org.bson.RawBsonDocument;

/**
 * Some of a project's sessions, next to each other. It may be shorter than what was asked for where the sessions are large.
 *
 * @param sessions newest first, without their notes
 * @param hasNewer whether there are newer ones than these
 * @param hasOlder whether there are older ones than these
 */
public record SessionSlice(List<RawBsonDocument> sessions, boolean hasNewer, boolean hasOlder) {}
