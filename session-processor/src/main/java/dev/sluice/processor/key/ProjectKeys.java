package dev.sluice.processor.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The keys of a project as they are stored. Keys chosen by clients and keys made by us never collide. */
public final class ProjectKeys {

    private ProjectKeys() {}

    /** The keys that a submission claims if it is stored. */
    public static List<String> of(long project, OptionalLong resubmissionOf, Optional<String> idempotencyKey) {
        List<String> keys = new ArrayList<>(2);
        resubmissionOf.ifPresent(first -> keys.add(ofResubmission(project, first)));
        idempotencyKey.ifPresent(key -> keys.add(ofClient(project, key)));
        return keys;
    }

    public static String ofClient(long project, String idempotencyKey) {
        return project + " key " + idempotencyKey;
    }

    private static String ofResubmission(long project, long submission) {
        return project + " resubmission " + submission;
    }
}
