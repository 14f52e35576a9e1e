package dev.sluice.contract.access;

import java.util.Set;

/** Which projects a token opens. */
public sealed interface Projects {

    /** Whether {@code project} is one of them. */
    boolean include(long project);

    /** Whether all of {@code others} are among them. */
    boolean includeAll(Projects others);

    /** Every project, also those that come later. */
    record All() implements Projects {
        @Override
        public boolean include(long project) {
            return true;
        }

        @Override
        public boolean includeAll(Projects others) {
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

        @Override
        public boolean includeAll(Projects others) {
            return switch (others) {
                // Those that come later are not.
                case All _ -> false;
                case Named named -> ids.containsAll(named.ids());
            };
        }
    }
}
