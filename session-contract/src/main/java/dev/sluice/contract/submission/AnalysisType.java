package dev.sluice.contract.submission;

import java.util.Optional;

/** The scanners that sessions come from, and the type of notes that belong to no session. */
public enum AnalysisType {
    APPSCAN("appscan", "AppScan"),
    APPSCAN_ENTERPRISE("appscan_enterprise", "AppScan Enterprise"),
    FORTIFY("fortify", "Fortify"),
    VERACODE("veracode", "Veracode"),
    WEBINSPECT("webinspect", "WebInspect"),
    WHITEHAT("whitehat", "WhiteHat"),
    /** The type of a note without a session; never the type of a session. */
    MANUAL("manual", "Manual Verification");

    private final String slug;
    private final String displayName;

    AnalysisType(String slug, String displayName) {
        this.slug = slug;
        this.displayName = displayName;
    }

    /** The type's name in JSON. */
    public String slug() {
        return slug;
    }

    /** The type's display name. */
    public String displayName() {
        return displayName;
    }

    /** Whether sessions can have this type. */
    public boolean isOfSessions() {
        return this != MANUAL;
    }

    /**
     * Returns the type with the given slug.
     *
     * @throws IllegalArgumentException if no type has this slug
     */
    public static AnalysisType of(String slug) {
        for (AnalysisType type : values()) {
            if (type.slug.equals(slug)) {
                return type;
            }
        }
        throw new IllegalArgumentException("\"" + slug + "\" is not an analysis type");
    }

    /** Returns the type with the given slug if sessions can have it. */
    public static Optional<AnalysisType> ofSession(String slug) {
        for (AnalysisType type : values()) {
            if (type.isOfSessions() && type.slug.equals(slug)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
