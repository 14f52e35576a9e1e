package dev.sluice.processor.batch;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.id.SubmissionId;
import dev.sluice.processor.key.Claim;
import dev.sluice.processor.key.ProjectKeys;
import dev.sluice.processor.store.EarlierSubmission;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks claims by what is stored of their submissions, and gives up those that the partition has passed without storing them. Thread-safe. */
record ClaimingSubmissions(Projection projection, IdBase ids) implements ClaimCheck {

    @Override
    public Map<String, Standing> check(Collection<Claim> claims, Map<Integer, Long> first) {
        List<Long> claiming = claims.stream().map(Claim::submission).distinct().toList();
        Map<Long, EarlierSubmission> stored = new HashMap<>(projection.earlier().find(claiming));
        Set<Long> before = new HashSet<>(claiming);
        before.removeIf(id -> stored.containsKey(id) || !isBefore(SubmissionId.of(id), first));
        Set<Long> passed = passed(before);
        if (!passed.isEmpty()) {
            projection.submissions().giveUp(passed);
            // A processor that is taken for dead may have stored some just before.
            stored.putAll(projection.earlier().find(passed));
        }
        Map<String, Standing> standings = new HashMap<>();
        for (Claim claim : claims) {
            EarlierSubmission its = stored.get(claim.submission());
            if (its != null) {
                standings.put(claim.key(), hasMade(its, claim) ? Standing.HOLDS : Standing.REFUTED);
            } else if (passed.contains(claim.submission())) {
                standings.put(claim.key(), Standing.LAPSED);
            } else if (!before.contains(claim.submission())) {
                standings.put(claim.key(), Standing.OPEN);
            }
        }
        return standings;
    }

    private static boolean isBefore(SubmissionId id, Map<Integer, Long> first) {
        return id.position() < first.getOrDefault(id.partition(), Long.MAX_VALUE);
    }

    /** Those that progress has passed; in a store that was put back meanwhile, the others are yet to be stored again. */
    private Set<Long> passed(Set<Long> submissions) {
        if (submissions.isEmpty()) {
            return Set.of();
        }
        Set<SubmissionId> passed = submissions.stream().map(SubmissionId::of).collect(Collectors.toSet());
        Map<Integer, Long> next = projection
                .progress()
                .next(passed.stream().map(SubmissionId::partition).distinct().toList());
        passed.removeIf(id -> !ids.isOfFormerLog(id) && id.position() >= next.getOrDefault(id.partition(), 0L));
        return passed.stream().map(SubmissionId::value).collect(Collectors.toSet());
    }

    private static boolean hasMade(EarlierSubmission its, Claim claim) {
        return its.stored().equals(OptionalLong.of(claim.submission()))
                && ProjectKeys.of(its.project(), its.resubmissionOf(), its.key())
                        .contains(claim.key());
    }
}
