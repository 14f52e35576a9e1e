package dev.sluice.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree without sources, with a Maven and a JDK that only do what it needs of them. */
class LauncherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    private final List<Process> launched = new ArrayList<>();

    @AfterEach
    void endAll() throws IOException {
        allow("build", "training");
        launched.forEach(Process::destroyForcibly);
    }

    @Test
    void buildsOnceThoughItIsStartedTwiceOnAFreshTree() throws Exception {
        makeTree();
        allow("training");
        Process first = launch("first");
        await().atMost(PATIENCE).until(() -> lines("builds").size() == 1);
        Process second = launch("second");
        await().atMost(PATIENCE)
                .until(() -> lines("builds").size() == 2
                        || lines("second").contains("sluice: waiting for another one that is building"));
        allow("build");

        assertThat(exitCode(first)).isZero();
        assertThat(exitCode(second)).isZero();

        assertThat(lines("builds")).hasSize(1);
        assertThat(starts()).hasSize(2);
    }

    @Test
    void usesAClassCacheThatAJvmHasLoaded() throws Exception {
        makeTree();
        allow("build", "training", "loading");

        assertThat(exitCode(launch("first"))).isZero();
        assertThat(exitCode(launch("second"))).isZero();

        assertThat(calls("AOTCacheOutput")).hasSize(1);
        assertThat(starts())
                .hasSize(2)
                .allMatch(call -> call.contains(" -XX:AOTCache=" + root + "/standalone/target/standalone.aot "));
    }

    @Test
    void startsWithoutAClassCacheThatNoJvmLoads() throws Exception {
        makeTree();
        allow("build", "training");

        assertThat(exitCode(launch("first"))).isZero();
        int trainings = calls("AOTCacheOutput").size();
        assertThat(exitCode(launch("second"))).isZero();

        assertThat(calls("AOTCacheOutput")).hasSize(trainings);
        assertThat(starts()).hasSize(2).noneMatch(call -> call.contains("AOTCache"));
    }

    @Test
    void usesNoClassCacheOfAnInterruptedStartThatNoJvmHasLoaded() throws Exception {
        makeTree();
        allow("build");
        Process first = launch("first");
        await().atMost(PATIENCE).until(() -> calls("AOTCacheOutput").size() == 1);

        first.destroy();
        assertThat(exitCode(first)).isEqualTo(143);
        allow("training");
        assertThat(exitCode(launch("second"))).isZero();

        assertThat(starts()).hasSize(1).noneMatch(call -> call.contains("AOTCache"));
    }

    private void makeTree() throws IOException {
        for (String file : List.of("sluice", "deploy/make-cache")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.copy(Path.of("..", file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createFile(root.resolve("builds"));
        Files.createFile(root.resolve("calls"));
        program("jdk/bin/javac", "");
        // Like a JVM, it also writes its class cache when it is stopped.
        program("jdk/bin/java", """
                for word; do
                    case $word in -XX:AOTCacheOutput=*) cache=${word#*=} ;; esac
                done
                [ -z "$cache" ] || trap 'echo classes > "$cache"; exit 143' TERM
                echo "$*" >> calls
                case $* in *AOTMode=on*) test -e may-loading; exit ;; esac
                [ -n "$cache" ] || exit 0
                until [ -e may-training ]; do sleep 0.05; done
                echo classes > "$cache"
                """);
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        program("bin/mvn", """
                echo >> builds
                until [ -e may-build ]; do sleep 0.05; done
                mkdir -p standalone/target/lib && : > standalone/target/standalone.jar
                """);
    }

    private void allow(String... steps) throws IOException {
        for (String step : steps) {
            Files.writeString(root.resolve("may-" + step), "");
        }
    }

    private List<String> calls(String part) throws IOException {
        return lines("calls").stream().filter(call -> call.contains(part)).toList();
    }

    private List<String> starts() throws IOException {
        return lines("calls").stream()
                .filter(call -> call.endsWith("first") || call.endsWith("second"))
                .toList();
    }

    private Process launch(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", root.resolve("sluice").toString(), name)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(root.resolve(name).toFile()));
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().merge("PATH", root.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        Process process = builder.start();
        launched.add(process);
        return process;
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
