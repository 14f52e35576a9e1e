package dev.sluice.contract.access;

import java.util.Locale;

/** What a token lets its holder do. Each role includes those before it. */
public enum Role {
    /** Reads sessions, notes, tasks and submissions of its projects. */
    READER,
    /** Submits to its projects. */
    WRITER,
    /** Resubmits and resumes. */
    ADMINISTRATOR;

    /** Whether this role may do what {@code needed} may. */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The role's name in JSON and on the command line: lower case. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role of a slug.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role of(String slug) {
        for (Role role : values()) {
            if (role.slug().equals(slug)) {
                return role;
            }
        }
        throw new IllegalArgumentException("\"" + slug + "\" is not a role: expected reader, writer or administrator");
    }
}
