package dev.sluice.contract.submission;

import java.util.Arrays;
import java.util.List;
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

    public static final List<AnalysisType> OF_SESSIONS =
            Arrays.stream(values()).filter(AnalysisType::isOfSessions).toList();

    private final String slug;
    private final String displayName;

    AnalysisType(String slug, String displayName) {
        this.slug = slug;
        this.displayName = displayName;
    }

    public String slug() {
        return slug;
    }

    public String displayName() {
        return displayName;
    }

    public boolean isOfSessions() {
        return this != MANUAL;
    }

    /** Returns the type with the given slug. What a later version has stored may have a type that this one does not know. */
    public static Optional<AnalysisType> find(String slug) {
        for (AnalysisType type : values()) {
            if (type.slug.equals(slug)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public static Optional<AnalysisType> ofSession(String slug) {
        return find(slug).filter(AnalysisType::isOfSessions);
    }
}
