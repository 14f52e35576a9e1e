package dev.sluice.standalone;

import dev.sluice.http.observe.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** The version that commands show. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"sluice " + BuildVersion.text()};
    }
}
