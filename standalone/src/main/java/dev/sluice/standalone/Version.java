package dev.sluice.standalone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Reads the version from the manifest of the jar that contains this class. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"sluice " + (version == null ? "(not from a jar)" : version)};
    }
}
