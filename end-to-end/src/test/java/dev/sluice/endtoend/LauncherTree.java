package dev.sluice.endtoend;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The launcher in a tree without sources, with a Maven and a JDK that only do what it needs of them. */
final class LauncherTree implements AutoCloseable {

    private final Path root;
    private final List<Process> launched = new ArrayList<>();

    LauncherTree(Path root) throws IOException {
        this.root = root;
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
                trap 'echo classes > "$cache"; exit 143' TERM
                echo "$*" >> calls
                case $* in *AOTMode=on*) test -e may-loading; exit ;; esac
                [ -n "$cache" ] || exit 0
                [ ! -e may-crash ] || { rm may-crash; exit 134; }
                until [ -e may-training ]; do sleep 0.05; done
                echo classes > "$cache"
                """);
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        // Like Maven's compiler, it may still write a class when it is stopped.
        program("bin/mvn", """
                trap 'echo > standalone/target/classes/Late.class; exit 143' TERM
                mkdir -p standalone/target/classes standalone/target/lib benchmarks/target ingest-api/target/lib session-processor/target/lib
                echo > standalone/target/classes/A.class
                echo >> builds
                until [ -e may-build ]; do sleep 0.05; done
                [ ! -e may-failure ] || exit 1
                for module in standalone benchmarks ingest-api session-processor; do : > $module/target/$module.jar; done
                """);
        program("deploy/try-start", "exec \"$@\"\n");
    }

    /** Lets what is running come to its end. */
    @Override
    public void close() throws IOException {
        allow("build", "training", "move");
        launched.forEach(Process::destroyForcibly);
    }

    /** Lets a fake program do what it waits to be allowed, or fail. */
    void allow(String... steps) throws IOException {
        for (String step : steps) {
            Files.writeString(root.resolve("may-" + step), "");
        }
    }

    /** Whether the class looks older than any source, so that Maven compiles it again. */
    boolean isCheckedByMaven(String name) throws IOException {
        return Files.getLastModifiedTime(root.resolve("standalone/target/classes/" + name))
                .toInstant()
                .isBefore(Instant.parse("1971-01-01T00:00:00Z"));
    }

    /** The calls of java with these words. */
    List<String> calls(String part) throws IOException {
        return lines("calls").stream().filter(call -> call.contains(part)).toList();
    }

    /** The calls of java that start Sluice. */
    List<String> starts() throws IOException {
        return lines("calls").stream()
                .filter(call -> call.matches(".* (first|second|demo)") && !call.contains("AOTCacheOutput"))
                .toList();
    }

    Process launch(String name) throws IOException {
        return run(name, root.resolve("sluice").toString(), name);
    }

    /** The same as a user to whom the files' permissions apply: to root they do only without its capabilities. */
    Process launchWithoutPrivileges(String name) throws IOException {
        return run(
                name,
                "-c",
                "[ \"$(id -u)\" != 0 ] || set -- setpriv --inh-caps=-all --bounding-set=-all \"$@\"; exec \"$@\"",
                "bash",
                "bash",
                root.resolve("sluice").toString(),
                name);
    }

    /** Runs a script of the tree, with its output in the file {@code name}. */
    Process run(String name, String... script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of("bash"), Stream.of(script)).toList())
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(root.resolve(name).toFile()));
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().merge("PATH", root.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        Process process = builder.start();
        launched.add(process);
        return process;
    }

    /** Lets nobody write to the target folder of the standalone. */
    void protectTarget() throws IOException {
        Files.setPosixFilePermissions(root.resolve("standalone/target"), PosixFilePermissions.fromString("r-xr-xr-x"));
        for (String file : List.of("lock", "build.log")) {
            Files.setPosixFilePermissions(
                    root.resolve("standalone/target").resolve(file), PosixFilePermissions.fromString("r--r--r--"));
        }
    }

    static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    List<String> lines(String file) throws IOException {
        return Files.readAllLines(root.resolve(file));
    }

    void write(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    void program(String name, String script) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
