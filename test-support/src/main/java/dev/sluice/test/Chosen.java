package dev.sluice.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/** Chooses the backing service for the tests of this JVM, and reports the choice once on standard output. */
final class Chosen {

    private Chosen() {}

    /** Returns the address of the service. */
    static String address(String what, String variable, Supplier<String> container, Supplier<String> embedded) {
        String given = given(variable);
        if (!given.isBlank()) {
            return said(what, given, "given by " + variable, null);
        }
        RuntimeException failure = null;
        // Testcontainers tries every way to reach a daemon, each with its own timeout, so it is asked only where one is
        // likely.
        if (mayHaveDocker() && DockerClientFactory.instance().isDockerAvailable()) {
            try {
                return said(what, container.get(), "in a container", null);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        return said(what, embedded.get(), "embedded", failure);
    }

    /** The address of a running service, or nothing. */
    static String given(String variable) {
        return System.getenv().getOrDefault(variable, "");
    }

    private static boolean mayHaveDocker() {
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

    private static String said(String what, String address, String how, @Nullable RuntimeException failure) {
        String instead = failure == null
                ? ""
                : " (Docker answers, but the container did not start: " + failure.getMessage() + ")";
        // A given address may contain a password.
        String where = address.replaceFirst("//[^@/]*@", "//***@");
        System.out.println("Tests run against " + what + " at " + where + ", " + how + instead);
        return address;
    }
}
