package dev.sluice.contract.submission;

/** How a note combines with the notes before it on the same task. */
public enum Behaviour {
    /** Adds to them. */
    COMBINE("combine"),
    /** Replaces those of the same analysis type. */
    REPLACE_SCANNER("replace-scanner"),
    /** Replaces all of them. */
    REPLACE("replace");

    private final String slug;

    Behaviour(String slug) {
        this.slug = slug;
    }

    public String slug() {
        return slug;
    }

    /**
     * Returns the behaviour with the given slug.
     *
     * @throws IllegalArgumentException if no behaviour has this slug
     */
    public static Behaviour of(String slug) {
        for (Behaviour behaviour : values()) {
            if (behaviour.slug.equals(slug)) {
                return behaviour;
            }
        }
        throw new IllegalArgumentException("\"" + slug + "\" is not a note's behaviour");
    }
}
