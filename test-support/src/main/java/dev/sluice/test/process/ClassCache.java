package dev.sluice.test.process;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An archive of the classes of the shipped jar and its libraries, as the JVM loads them. It takes a third to a half of the time
 * away that a child process needs to start, and is made by the first JVM of a build that needs it. Where the build has no such jar, there is none.
 */
record ClassCache(Path jar, Path file) {

    private static final Duration MADE_WITHIN = Duration.ofMinutes(3);

    static @Nullable ClassCache shared() {
        return Shared.CACHE;
    }

    /** The JVM options for it. A JVM that finds that it does not fit says nothing and goes without. */
    List<String> options() {
        return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:aot*=off", "-Xlog:cds*=off");
    }

    /** The jar, which must come first, and what this JVM's class path has for tests only. */
    String classPath() {
        Stream<String> tests = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> !element.endsWith(".jar") || element.contains("test-support"));
        return Stream.concat(Stream.of(jar.toString()), tests).collect(Collectors.joining(File.pathSeparator));
    }

    private void makeOnce() throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!isMade()) {
                make();
            }
        }
    }

    // The JVM would reject one that is older than a library.
    private boolean isMade() throws IOException {
        try (Stream<Path> libraries = Files.list(jar.resolveSibling("lib"))) {
            long made = file.toFile().lastModified();
            return Stream.concat(Stream.of(jar), libraries)
                    .allMatch(each -> each.toFile().lastModified() < made);
        }
    }

    private void make() {
        Launch demo = Launch.ofProgram(
                        "class-cache", List.of("-XX:ArchiveClassesAtExit=" + file, "-jar", jar.toString()))
                .withArguments(List.of("demo"));
        try (ChildJvm process = ChildJvm.start(demo)) {
            if (process.awaitExit(MADE_WITHIN) != 0) {
                throw new IllegalStateException(process + " has failed:\n" + process.lastLines());
            }
        }
    }

    // A holder class, so that nothing is made before the first child starts.
    private static final class Shared {

        private static final @Nullable ClassCache CACHE = make();

        private static @Nullable ClassCache make() {
            String jar = System.getProperty("sluice.jar");
            if (jar == null) {
                return null;
            }
            try {
                ClassCache cache = new ClassCache(
                        Path.of(jar), Path.of("target", "classes.jsa").toAbsolutePath());
                cache.makeOnce();
                return cache;
            } catch (IOException | IllegalStateException e) {
                // Without it they only start more slowly; what is wrong with the demo, its own tests say.
                System.err.println("The processes of the tests start without a class cache: " + e);
                return null;
            }
        }
    }
}
