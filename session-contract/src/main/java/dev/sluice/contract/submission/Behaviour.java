package dev.sluice.contract.submission;

/** What a note does to what was said of its task before. */
public enum Behaviour {
    /** Stands beside it. */
    COMBINE("combine"),
    /** Overrides what the same analysis type said. */
    REPLACE_SCANNER("replace-scanner"),
    /** Overrides everything. */
    REPLACE("replace");

    private final String slug;

    Behaviour(String slug) {
        this.slug = slug;
    }

    /** The behaviour's name in JSON. */
    public String slug() {
        return slug;
    }

    /**
     * The behaviour of a slug.
     *
     * @throws IllegalArgumentException if there is none
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
