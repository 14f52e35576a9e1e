package dev.sluice.contract.access;

import java.util.Locale;

/** What a token allows. Each role includes the ones before it. */
public enum Role {
    /** Reads the sessions, notes, tasks and submissions of the token's projects. */
    READER,
    /** Submits to the token's projects. */
    WRITER,
    /** Resubmits and resumes. */
    ADMINISTRATOR;

    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the role with the given slug.
     *
     * @throws IllegalArgumentException if no role has this slug
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
