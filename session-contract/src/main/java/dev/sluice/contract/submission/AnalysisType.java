package dev.sluice.contract.submission;

import java.util.Optional;

/** The scanners whose sessions are taken, and the type of a note that belongs to no session. */
public enum AnalysisType {
    APPSCAN("appscan", "AppScan"),
    APPSCAN_ENTERPRISE("appscan_enterprise", "AppScan Enterprise"),
    FORTIFY("fortify", "Fortify"),
    VERACODE("veracode", "Veracode"),
    WEBINSPECT("webinspect", "WebInspect"),
    WHITEHAT("whitehat", "WhiteHat"),
    /** A note without a session; never the type of a session. */
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

    /** The type's name for people. */
    public String displayName() {
        return displayName;
    }

    /** Whether a session may be of this type. */
    public boolean isOfSessions() {
        return this != MANUAL;
    }

    /**
     * The type of a slug.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static AnalysisType of(String slug) {
        for (AnalysisType type : values()) {
            if (type.slug.equals(slug)) {
                return type;
            }
        }
        throw new IllegalArgumentException("\"" + slug + "\" is not an analysis type");
    }

    /** The type that a session names, if there is one. */
    public static Optional<AnalysisType> ofSession(String slug) {
        for (AnalysisType type : values()) {
            if (type.isOfSessions() && type.slug.equals(slug)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
