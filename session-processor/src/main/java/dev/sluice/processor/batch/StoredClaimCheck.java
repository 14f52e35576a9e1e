package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.fault.SetAside;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.ProjectKeys;
import dev.sluice.processor.store.EarlierSubmission;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks claims by what is stored of their submissions, and gives up those that the partition has passed without storing them. Thread-safe. */
record StoredClaimCheck(Projection projection, IdBase ids, SetAside setAside) implements ClaimCheck {

    @Override
    public Map<String, Standing> standings(Collection<Claim> claims, Map<Integer, Long> first) {
        List<Long> claiming = claims.stream().map(Claim::submission).distinct().toList();
        Map<Long, EarlierSubmission> stored = new HashMap<>(projection.earlier().find(claiming));
        Set<SubmissionId> before = claiming.stream()
                .filter(id -> !stored.containsKey(id))
                .map(SubmissionId::of)
                .filter(id -> isBefore(id, first))
                .collect(Collectors.toSet());
        Map<Integer, Long> next = next(before);
        Set<Long> passed = values(before, id -> hasPassed(next, id));
        Set<Long> yetToComeAgain = values(before, id -> !hasPassed(next, id) && isBack(next, id.partition()));
        if (!passed.isEmpty()) {
            projection.submissions().giveUp(passed);
            // A processor that is taken for dead may have stored some just before.
            stored.putAll(projection.earlier().find(passed));
        }
        Map<String, Standing> standings = new HashMap<>();
        for (Claim claim : claims) {
            EarlierSubmission its = stored.get(claim.submission());
            if (hasLapsed(claim, its)) {
                standings.put(claim.key(), Standing.LAPSED);
            } else {
                standings.put(
                        claim.key(), its == null ? standing(claim, passed, yetToComeAgain) : standing(claim, its));
            }
        }
        return standings;
    }

    /**
     * A dead letter holds no key: our code may have failed on a record after that had claimed its key. The key is free once the record is set
     * aside, before the dead letter is stored.
     */
    private boolean hasLapsed(Claim claim, @Nullable EarlierSubmission its) {
        return its == null
                ? setAside.reason(SubmissionId.of(claim.submission())).isPresent()
                : its.isDeadLetter();
    }

    private static Standing standing(Claim claim, EarlierSubmission its) {
        boolean hasMade = its.stored().equals(OptionalLong.of(claim.submission()))
                && ProjectKeys.of(its.project(), its.resubmissionOf(), its.key())
                        .contains(claim.key());
        return hasMade ? Standing.HOLDS : Standing.REFUTED;
    }

    private static Standing standing(Claim claim, Set<Long> passed, Set<Long> yetToComeAgain) {
        if (passed.contains(claim.submission())) {
            return Standing.LAPSED;
        }
        return yetToComeAgain.contains(claim.submission()) ? Standing.HOLDS : Standing.OPEN;
    }

    private static boolean isBefore(SubmissionId id, Map<Integer, Long> first) {
        return id.position() < first.getOrDefault(id.partition(), Long.MAX_VALUE);
    }

    private Map<Integer, Long> next(Set<SubmissionId> submissions) {
        return submissions.isEmpty()
                ? Map.of()
                : projection
                        .progress()
                        .next(submissions.stream()
                                .map(SubmissionId::partition)
                                .distinct()
                                .toList());
    }

    private boolean hasPassed(Map<Integer, Long> next, SubmissionId id) {
        return ids.isOfFormerLog(id) || id.position() < next.getOrDefault(id.partition(), 0L);
    }

    /** Whether the store was put back meanwhile: what is between its progress and the records that are being decided is yet to come again. */
    private boolean isBack(Map<Integer, Long> next, int partition) {
        return projection.progress().isBack(partition, next.getOrDefault(partition, 0L));
    }

    private static Set<Long> values(Set<SubmissionId> submissions, Predicate<SubmissionId> wanted) {
        return submissions.stream().filter(wanted).map(SubmissionId::value).collect(Collectors.toSet());
    }
}
