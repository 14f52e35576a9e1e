package dev.sluice.http.observe;

import java.util.Objects;

/** Which version of Sluice this is. */
public final class BuildVersion {

    private BuildVersion() {}

    /** As in the manifest of the jar that contains this class, like in those of all others. */
    public static String text() {
        return Objects.requireNonNullElse(
                BuildVersion.class.getPackage().getImplementationVersion(), "(not from a jar)");
    }
}
