package dev.sluice.processor.audit;

import dev.sluice.contract.id.IdBase;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.progress.PartitionProgress;
import dev.sluice.processor.progress.Tally;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;

/** Compares the store's progress, positions and counts, with the log and the documents. */
record ProgressAudit(AuditedStore store, Flaws flaws) {

    /** Reads progress by partition. Reports progress that is unreadable or of a partition that neither this nor a former log had as flaws. */
    Map<Integer, PartitionProgress> read(int partitions, IdBase ids) {
        Map<Integer, PartitionProgress> read = new TreeMap<>();
        for (BsonDocument document : store.progress().find()) {
            String name = "the document " + StoredIds.text(document.get("_id"));
            try {
                PartitionProgress progress = PartitionProgress.of(document);
                boolean isOfFormerLog =
                        progress.began() < ids.firstPosition() && progress.next() <= ids.firstPosition();
                if (isOfFormerLog || (progress.partition() >= 0 && progress.partition() < partitions)) {
                    read.put(progress.partition(), progress);
                } else {
                    flaw(name + " should not be there: there are " + partitions + " partitions");
                }
            } catch (UnreadableDocumentException e) {
                flaw(name + " is none of a partition's progress: " + e.reason());
            }
        }
        return read;
    }

    /** Must be called after all documents are compared. */
    void check(DocumentAudit.Counted counted) {
        PartitionBounds bounds = counted.bounds();
        PartitionProgress progress = bounds.progress();
        if (progress == null) {
            checkMissing(counted);
            return;
        }
        String name = "partition " + bounds.partition() + " is at position " + progress.next();
        if (progress.next() > bounds.end()) {
            flaw(name + ", beyond the log's end " + bounds.end());
        }
        if (counted.missing() > 0) {
            flaw(name + ", but " + counted.missing() + " records below have no document, the first at position "
                    + counted.firstMissing() + ": it was moved forward, or documents were removed");
        }
        if (progress.began() >= bounds.begin()) {
            Tally expected = counted.tallied(progress);
            if (progress.next() <= bounds.end() && !progress.tally().equals(expected)) {
                flaw(name + " and has counted " + text(progress.tally()) + ": expected " + text(expected));
            }
        }
    }

    /** A partition with documents must have progress, which is written before the first document. */
    private void checkMissing(DocumentAudit.Counted counted) {
        int partition = counted.bounds().partition();
        if (counted.inFlightStored() > 0
                && store.progress()
                                .find(new BsonDocument("_id", new org.bson.BsonInt32(partition)))
                                .first()
                        == null) {
            flaw("partition " + partition + " has none, but " + counted.inFlightStored()
                    + " of its records have documents: it was removed");
        }
    }

    private static String text(Tally tally) {
        return tally.stored() + " stored, " + tally.duplicate() + " duplicate, " + tally.rejected() + " rejected, "
                + tally.deadLettered() + " dead-lettered, " + tally.empty() + " without a record";
    }

    private void flaw(String text) {
        flaws.add(Flaw.Kind.PROGRESS, text);
    }
}
