package dev.sluice.processor.audit;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.batch.DecidedChunk;
import dev.sluice.processor.batch.Redecisions;
import dev.sluice.processor.count.MongoCounts;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generation;
import dev.sluice.processor.generation.UnreadableDocumentException;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.log.LogRangeReader;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.store.EarlierSubmissions;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.task.NotesByTask;
import dev.sluice.processor.task.TaskFields;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.BsonDocument;

/** One audit, from its bounds to its report. Runs once. Not thread-safe. */
final class AuditRun {

    // Not in the log, so comparisons ignore it.
    private static final Instant PROCESSED = Instant.EPOCH;

    private final LogRangeReader log;
    private final AuditedStore store;
    private final Flaws flaws;
    private final BiConsumer<Long, Long> compared;
    private final ProgressAudit progress;
    private final AuditBounds bounds;
    private final Ledger ledger;
    private final MongoFaults faults;
    private final EarlierSubmissions earlier;
    private final Redecisions redecisions;
    private final DocumentAudit documents;
    private final FoldAudit tasks;
    private final FoldAudit counts;
    private final long positions;
    private long walked;

    AuditRun(
            LogRangeReader log,
            Generation generation,
            SubmissionsTopic topic,
            Ledger ledger,
            Flaws flaws,
            BiConsumer<Long, Long> compared) {
        this.log = log;
        this.store = AuditedStore.of(generation);
        this.flaws = flaws;
        this.compared = compared;
        this.ledger = ledger;
        this.progress = new ProgressAudit(store, flaws);
        this.bounds = AuditBounds.of(log, progress, topic.ids());
        this.positions = bounds.partitions().stream()
                .mapToLong(one -> one.end() - one.begin())
                .sum();
        this.faults = new MongoFaults(generation.database());
        // After the bounds were taken: what was set aside before them is known then.
        faults.refresh();
        this.earlier = new EarlierSubmissions(this::earlier);
        this.redecisions =
                new Redecisions(topic, faults, new LedgerKeys(ledger.claims(), this::claimsFromBefore), earlier);
        this.documents = new DocumentAudit(store, ledger, flaws, bounds);
        this.tasks = new FoldAudit("tasks", AuditRun::tasks, Flaw.Kind.TASK, bounds, ledger, flaws);
        this.counts = new FoldAudit("count", count -> 1, Flaw.Kind.COUNT, bounds, ledger, flaws);
    }

    AuditReport run() {
        compareDocuments(
                ranges(PartitionBounds::begin, PartitionBounds::next),
                changes -> changes.beginWith(tasks.current(changes.all())),
                chunk -> {
                    tasks.fold(chunk.notesByTask().all());
                    counts.fold(MongoCounts.changes(chunk.outcomes()));
                });
        FoldAudit.InFlight inFlight = tasks.inFlight();
        compareDocuments(
                ranges(PartitionBounds::next, PartitionBounds::end),
                changes -> changes.beginWith(inFlight.current(changes.all())),
                chunk -> inFlight.fold(chunk.notesByTask().all()));
        LateComers lateComers = new LateComers(log::ends, flaws);
        ExtraDocuments extra = new ExtraDocuments(bounds, ledger, flaws, lateComers);
        extra.find(store.submissionIds());
        tasks.compare(AuditedStore.all(store.taskGroups()));
        counts.compare(AuditedStore.all(store.counts()));
        Map<Integer, Long> walkedTo = followWhatIsAhead();
        tasks.finish();
        counts.finish();
        KeyAudit keys = new KeyAudit(bounds, walkedTo, ledger.claims(), faults, flaws, lateComers);
        keys.compare(AuditedStore.all(store.keys()));
        documents.partitions().forEach(progress::check);
        if (!flaws.counts().isEmpty() && faults.refresh()) {
            throw new AuditFailedException("a record was set aside meanwhile: run the audit again");
        }
        return new AuditReport(
                documents.partitions().stream().map(DocumentAudit.Counted::sums).toList(),
                new AuditReport.Compared(tasks.compared(), counts.compared(), keys.compared()),
                extra.fromBefore() + tasks.unchecked() + counts.unchecked() + keys.unchecked(),
                documents.reworded(),
                flaws.counts(),
                flaws.first());
    }

    private Map<Integer, LogRangeReader.LogRange> ranges(
            ToLongFunction<PartitionBounds> from, ToLongFunction<PartitionBounds> to) {
        Map<Integer, LogRangeReader.LogRange> ranges = new TreeMap<>();
        bounds.partitions()
                .forEach(one -> ranges.put(
                        one.partition(), new LogRangeReader.LogRange(from.applyAsLong(one), to.applyAsLong(one))));
        return ranges;
    }

    private void compareDocuments(
            Map<Integer, LogRangeReader.LogRange> ranges, Consumer<NotesByTask> begin, Consumer<DecidedChunk> fold) {
        log.read(
                ranges,
                ledger::addEmpty,
                records -> decide(records, begin, chunk -> {
                    documents.compare(chunk);
                    fold.accept(chunk);
                }));
    }

    private void decide(
            List<ConsumerRecord<byte[], byte[]>> records, Consumer<NotesByTask> begin, Consumer<DecidedChunk> use) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            redecisions.add(record);
            if (redecisions.isFull()) {
                use.accept(redecisions.decide(PROCESSED, begin));
            }
        }
        use.accept(redecisions.decide(PROCESSED, begin));
        walked += records.size();
        compared.accept(walked, positions);
    }

    /**
     * Continues the folds, record by record, up to where the store was when it was read.
     *
     * @return by partition, the position up to which claims are known now
     */
    private Map<Integer, Long> followWhatIsAhead() {
        Map<Integer, Long> wanted = new HashMap<>(tasks.aheadEnds());
        counts.aheadEnds().forEach((partition, end) -> wanted.merge(partition, end, Math::max));
        Map<Integer, Long> ends = wanted.isEmpty() ? Map.of() : log.ends();
        Map<Integer, LogRangeReader.LogRange> ranges = new TreeMap<>();
        Map<Integer, Long> walkedTo = new HashMap<>();
        for (PartitionBounds one : bounds.partitions()) {
            long end =
                    Math.min(wanted.getOrDefault(one.partition(), 0L), ends.getOrDefault(one.partition(), one.end()));
            ranges.put(one.partition(), new LogRangeReader.LogRange(one.next(), Math.max(one.next(), end)));
            walkedTo.put(one.partition(), Math.max(one.end(), end));
        }
        log.read(
                ranges,
                ledger::addEmpty,
                records -> records.forEach(record -> {
                    redecisions.add(record);
                    DecidedChunk decided = redecisions.decide(PROCESSED, changes -> {});
                    tasks.follow(decided.notesByTask().all());
                    counts.follow(MongoCounts.changes(decided.outcomes()));
                }));
        return walkedTo;
    }

    /**
     * The claims of stored submissions that are no longer in the log, in partitions whose log has lost its beginning. The key of one that was not
     * stored is the next submission's.
     */
    private Map<String, Claim> claimsFromBefore(Collection<String> keys) {
        if (bounds.partitions().stream().allMatch(PartitionBounds::isWhole)) {
            return Map.of();
        }
        Map<String, Claim> claims = store.claims(keys);
        claims.values()
                .removeIf(claim -> !SubmissionId.isValid(claim.submission())
                        || !bounds.isFromBefore(SubmissionId.of(claim.submission())));
        Set<Long> stored = earlier.find(
                        claims.values().stream().map(Claim::submission).collect(Collectors.toSet()))
                .keySet();
        claims.values().removeIf(claim -> !stored.contains(claim.submission()));
        return claims;
    }

    /**
     * Submissions that later ones name, as the store has them, or as they should be if the comparison has found them wrong. So one wrong
     * document does not make others look wrong.
     */
    private Map<Long, BsonDocument> earlier(Collection<Long> ids) {
        Map<Long, BsonDocument> documents = EarlierSubmissions.documents(store.submissions(), ids);
        documents.values().removeIf(document -> !isReadable(document));
        for (Long id : ids) {
            BsonDocument expected = ledger.submissions().raw(id);
            if (expected != null) {
                documents.put(id, expected);
            }
        }
        return documents;
    }

    /** Reports what cannot be read, once, if it is not compared. */
    private boolean isReadable(BsonDocument stored) {
        try {
            EarlierSubmissions.requireReadable(stored);
            return true;
        } catch (UnreadableDocumentException e) {
            SubmissionId id = StoredIds.submission(stored.get(SubmissionFields.ID));
            if (id != null && !bounds.includes(id) && ledger.submissions().raw(id.value()) == null) {
                flaws.add(Flaw.Kind.CHANGED, DocumentAudit.name(id) + " cannot be read: " + e.reason());
                // Of no project, and so as if it did not exist.
                ledger.submissions()
                        .put(id.value(), new BsonDocument(SubmissionFields.ID, stored.get(SubmissionFields.ID)));
            }
            return false;
        }
    }

    /** The number of tasks in a group, which may contain anything. */
    private static long tasks(BsonDocument group) {
        return group.get(TaskFields.TASKS) instanceof BsonDocument tasks ? tasks.size() : 0;
    }
}
