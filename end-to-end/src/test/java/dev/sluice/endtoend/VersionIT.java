package dev.sluice.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class VersionIT {

    @Test
    void saysTheVersionOfTheJar() throws Exception {
        String jar = requireNonNull(System.getProperty("sluice.jar"));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-jar", jar, "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        try (JarFile file = new JarFile(jar)) {
            String version = file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            assertThat(version).isNotBlank();
            assertThat(said.strip()).endsWith("sluice " + version);
        }
    }
}
