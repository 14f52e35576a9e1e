package dev.sluice.contract.access;

import java.util.Set;

/** Which projects a token opens. */
public sealed interface Projects {

    /** Whether {@code project} is one of them. */
    boolean include(long project);

    /** Every project, also those that come later. */
    record All() implements Projects {
        @Override
        public boolean include(long project) {
            return true;
        }
    }

    /** Just the named ones. */
    record Named(Set<Long> ids) implements Projects {
        public Named {
            ids = Set.copyOf(ids);
        }

        @Override
        public boolean include(long project) {
            return ids.contains(project);
        }
    }
}
