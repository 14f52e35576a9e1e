package dev.sluice.contract.access;

import java.util.Set;

/** The projects a token grants access to. */
public sealed interface Projects {

    boolean includeAll(Projects others);

    /** Every project, including future ones. */
    record All() implements Projects {
        @Override
        public boolean includeAll(Projects others) {
            return true;
        }
    }

    record Named(Set<Long> ids) implements Projects {
        public Named {
            ids = Set.copyOf(ids);
        }

        @Override
        public boolean includeAll(Projects others) {
            return switch (others) {
                // All includes future projects, a list does not.
                case All _ -> false;
                case Named named -> ids.containsAll(named.ids());
            };
        }
    }
}
