package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree without sources, with a Maven and a JDK that only do what it needs of them. */
class LauncherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    @Test
    void buildsOnceThoughItIsStartedTwiceOnAFreshTree() throws Exception {
        Files.copy(Path.of("..", "sluice"), root.resolve("sluice"));
        Files.createFile(root.resolve("builds"));
        program("jdk/bin/javac", "");
        program("jdk/bin/java", "for last; do :; done; [ \"$last\" = demo ] || echo \"started $last\"");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        program("bin/mvn", """
                echo >> builds
                until [ -e finish ]; do sleep 0.05; done
                mkdir -p standalone/target/lib && : > standalone/target/standalone.jar
                """);
        Process first = launch("first");
        try {
            await().atMost(PATIENCE).until(() -> lines("builds").size() == 1);
            Process second = launch("second");
            try {
                await().atMost(PATIENCE)
                        .until(() -> lines("builds").size() == 2
                                || lines("second").contains("sluice: waiting for another one that is building"));
                Files.createFile(root.resolve("finish"));

                assertThat(exitCode(first)).isZero();
                assertThat(exitCode(second)).isZero();
            } finally {
                second.destroyForcibly();
            }
        } finally {
            first.destroyForcibly();
        }

        assertThat(lines("builds")).hasSize(1);
        assertThat(lines("first")).contains("started first");
        assertThat(lines("second")).contains("started second");
    }

    private Process launch(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", root.resolve("sluice").toString(), name)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(root.resolve(name).toFile()));
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().merge("PATH", root.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        return builder.start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(root.resolve(file));
    }

    private void program(String name, String script) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
