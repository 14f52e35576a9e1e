package dev.sluice.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** Tells whether a Docker daemon is available. */
final class Docker {

    private Docker() {}

    static boolean answers() {
        // Testcontainers tries every way to reach a daemon, each with its own timeout, so call it only where a daemon
        // is likely.
        return mayBeThere() && DockerClientFactory.instance().isDockerAvailable();
    }

    private static boolean mayBeThere() {
        if (System.getenv("DOCKER_HOST") != null) {
            return true;
        }
        Path home = Path.of(System.getProperty("user.home"));
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        List<Path> places = Stream.of(
                        Path.of("/var/run/docker.sock"),
                        home.resolve(".docker/run/docker.sock"),
                        home.resolve(".testcontainers.properties"),
                        runtime == null ? null : Path.of(runtime, "docker.sock"))
                .filter(Objects::nonNull)
                .toList();
        return places.stream().anyMatch(Files::exists);
    }
}
