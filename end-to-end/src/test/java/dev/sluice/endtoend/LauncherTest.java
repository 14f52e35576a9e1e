package dev.sluice.endtoend;

import static dev.sluice.endtoend.LauncherTree.exitCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    @TempDir
    private Path root;

    private LauncherTree tree;

    @BeforeEach
    void plant() throws IOException {
        tree = new LauncherTree(root);
    }

    @AfterEach
    void fell() throws IOException {
        tree.close();
    }

    @Test
    void buildsOnceThoughItIsStartedTwiceOnAFreshTree() throws Exception {
        tree.allow("training");
        Process first = tree.launch("first");
        await().until(() -> tree.lines("builds").size() == 1);
        Process second = tree.launch("second");
        await().until(() -> tree.lines("builds").size() == 2
                || tree.lines("second")
                        .contains("sluice: waiting for another one that is building or preparing a quick start"));
        tree.allow("build");

        assertThat(exitCode(first)).isZero();
        assertThat(exitCode(second)).isZero();

        assertThat(tree.lines("builds")).hasSize(1);
        assertThat(tree.starts()).hasSize(2);
    }

    @Test
    void buildsAgainWhatHasChangedSinceItsBuildBegan() throws Exception {
        Process first = tree.launch("demo");
        await().until(() -> tree.lines("builds").size() == 1);
        tree.write("docs/api/openapi.yaml");
        tree.allow("build");
        assertThat(exitCode(first)).isZero();

        assertThat(exitCode(tree.launch("demo"))).isZero();
        assertThat(tree.lines("builds")).hasSize(2);

        tree.write("module/src/main/java/A.java");
        assertThat(exitCode(tree.launch("demo"))).isZero();
        assertThat(tree.lines("builds")).hasSize(3);

        tree.write("module/src/test/java/pom.xml");
        tree.write("data/pom.xml");
        assertThat(exitCode(tree.launch("demo"))).isZero();
        assertThat(tree.lines("builds")).hasSize(3);
    }

    @Test
    void isFoundThroughALinkAndFindsItsJdkThroughAnother() throws Exception {
        tree.allow("build", "training", "loading");
        tree.program("old/bin/javac", "");
        tree.program("old/bin/java", "exit 1\n");
        Files.writeString(root.resolve("old/release"), "JAVA_VERSION=\"21.0.9\"\n");
        Files.createSymbolicLink(root.resolve("bin/java"), Path.of("../jdk/bin/java"));
        Files.createSymbolicLink(root.resolve("bin/sluice"), Path.of("../sluice"));

        assertThat(exitCode(tree.run(
                        "first", "-c", "JAVA_HOME=\"$1/old\" exec \"$1/bin/sluice\" first", "bash", root.toString())))
                .isZero();

        assertThat(tree.starts()).singleElement().asString().contains(" -jar " + root + "/standalone/target/");
    }

    @Test
    void startsAServiceAloneWithTheOptionsOfItsUser() throws Exception {
        tree.allow("build", "training", "loading");

        assertThat(exitCode(tree.run(
                        "first",
                        "-c",
                        "SLUICE_JAVA_OPTS='-Xmx1g -Xss2m' exec \"$1\" ingest-api first",
                        "bash",
                        root.resolve("sluice").toString())))
                .isZero();

        String target = root + "/ingest-api/target/ingest-api";
        assertThat(tree.starts())
                .singleElement()
                .asString()
                .contains(" -XX:+ExitOnOutOfMemoryError ", " -XX:AOTCache=" + target + ".aot ")
                .endsWith(" -Xmx1g -Xss2m -jar " + target + ".jar first");
    }

    @Test
    void usesAClassCacheThatAJvmHasLoaded() throws Exception {
        tree.allow("build", "training", "loading");

        assertThat(exitCode(tree.launch("first"))).isZero();
        assertThat(exitCode(tree.launch("second"))).isZero();

        assertThat(tree.calls("AOTCacheOutput")).hasSize(1);
        assertThat(tree.starts())
                .hasSize(2)
                .allMatch(call -> call.contains(" -XX:AOTCache=" + root + "/standalone/target/standalone.aot "));
    }

    @Test
    void startsWithoutAClassCacheThatNoJvmLoads() throws Exception {
        tree.allow("build", "training");

        assertThat(exitCode(tree.launch("first"))).isZero();
        int trainings = tree.calls("AOTCacheOutput").size();
        assertThat(exitCode(tree.launch("second"))).isZero();

        assertThat(tree.calls("AOTCacheOutput")).hasSize(trainings);
        assertThat(tree.starts()).hasSize(2).noneMatch(call -> call.contains("AOTCache"));
    }

    @Test
    void usesNoClassCacheOfAnInterruptedStartThatNoJvmHasLoaded() throws Exception {
        tree.allow("build");
        Process first = tree.launch("first");
        await().until(() -> tree.calls("AOTCacheOutput").size() == 1);

        first.destroy();
        assertThat(exitCode(first)).isEqualTo(143);
        tree.allow("training");
        assertThat(exitCode(tree.launch("second"))).isZero();

        assertThat(tree.starts()).hasSize(1).noneMatch(call -> call.contains("AOTCache"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "bench"})
    void leavesWhatAFailedBuildHasCompiledToBeCheckedByMaven(String name) throws Exception {
        tree.allow("build", "failure");

        assertThat(exitCode(tree.launch(name))).isOne();

        assertThat(tree.isCheckedByMaven("A.class")).isTrue();
    }

    @Test
    void buildsTheBenchmarksOnceAndAgainWhenTheirJarIsMissing() throws Exception {
        tree.allow("build", "training", "loading");

        assertThat(exitCode(tree.launch("bench"))).isZero();
        assertThat(exitCode(tree.launch("bench"))).isZero();
        assertThat(tree.lines("builds")).hasSize(1);

        Files.delete(root.resolve("benchmarks/target/benchmarks.jar"));
        assertThat(exitCode(tree.launch("bench"))).isZero();
        assertThat(tree.lines("builds")).hasSize(2);
    }

    @Test
    void passesOnWhatTheBenchmarksTake() throws Exception {
        tree.allow("build", "training", "loading");
        List<String> words =
                List.of("--only", "posts,feed", "--quick", "--mongodb=mongodb://host:27017", "--only=heap");

        assertThat(exitCode(tree.run(
                        "bench",
                        Stream.concat(Stream.of(root.resolve("sluice").toString(), "bench"), words.stream())
                                .toArray(String[]::new))))
                .isZero();

        assertThat(tree.calls(String.join(" ", words))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"feed", "bench"})
    void helpsWithoutABuildIfThereIsAJar(String command) throws Exception {
        tree.allow("build", "training", "loading");
        assertThat(exitCode(tree.launch("bench"))).isZero();
        Files.delete(root.resolve("standalone/target/built"));
        Files.delete(root.resolve("standalone/target/standalone.aot"));
        int trainings = tree.calls("AOTCacheOutput").size();

        assertThat(exitCode(tree.run("help", root.resolve("sluice").toString(), command, "--help")))
                .isZero();

        assertThat(tree.calls(" --help")).hasSize(1);
        assertThat(tree.lines("builds")).hasSize(1);
        assertThat(tree.calls("AOTCacheOutput")).hasSize(trainings);
    }

    @Test
    void leavesWhatAnInterruptedBuildHasCompiledToBeCheckedByMaven() throws Exception {
        Process first = tree.launch("first");
        await().until(() -> tree.lines("builds").size() == 1);

        first.destroy();

        assertThat(exitCode(first)).isEqualTo(143);
        assertThat(tree.isCheckedByMaven("A.class")).isTrue();
        assertThat(tree.isCheckedByMaven("Late.class")).isTrue();
    }

    @Test
    void makesAClassCacheAgainWhenAJvmCrashedMeanwhile() throws Exception {
        tree.allow("build", "training", "loading", "crash");

        assertThat(exitCode(tree.launch("first"))).isZero();

        assertThat(tree.calls("AOTCacheOutput")).hasSize(2);
        assertThat(tree.starts()).hasSize(1).allMatch(call -> call.contains(" -XX:AOTCache="));
    }

    @Test
    void saysThatMakingAClassCacheWasStoppedAlsoBetweenTwoJvms() throws Exception {
        tree.allow("training", "loading");
        tree.program("bin/mv", "echo mv >> calls; until [ -e may-move ]; do sleep 0.05; done; exec /bin/mv \"$@\"\n");
        Process making = tree.run("making", "deploy/make-cache", "standalone.jar", "jdk/bin/java");
        await().until(() -> !tree.calls("mv").isEmpty());

        making.destroy();
        tree.allow("move");

        assertThat(exitCode(making)).isEqualTo(143);
    }

    @Test
    void demonstratesWithoutAClassCacheWhileAnotherOneMakesIt() throws Exception {
        tree.allow("build");
        Process first = tree.launch("first");
        await().until(() -> tree.calls("AOTCacheOutput").size() == 1);

        assertThat(exitCode(tree.launch("demo"))).isZero();

        assertThat(tree.starts()).hasSize(1).noneMatch(call -> call.contains("AOTCache"));
        tree.allow("training", "loading");
        assertThat(exitCode(first)).isZero();
    }

    @Test
    void demonstratesWithoutAClassCacheThatIsOlderThanTheJar() throws Exception {
        tree.allow("build", "training", "loading");
        assertThat(exitCode(tree.launch("first"))).isZero();
        Files.setLastModifiedTime(root.resolve("standalone/target/standalone.aot"), FileTime.from(Instant.EPOCH));

        assertThat(exitCode(tree.launch("demo"))).isZero();

        assertThat(tree.starts()).hasSize(2).last().asString().doesNotContain("AOTCache");
    }

    @Test
    void startsWithoutAClassCacheThatItsUserMayNotWrite() throws Exception {
        tree.allow("build", "training", "loading");
        assertThat(exitCode(tree.launch("first"))).isZero();
        Files.delete(root.resolve("standalone/target/standalone.aot"));
        tree.protectTarget();

        assertThat(exitCode(tree.launchWithoutPrivileges("second"))).isZero();

        assertThat(tree.starts()).hasSize(2).last().asString().doesNotContain("AOTCache");
        assertThat(tree.lines("second")).singleElement().asString().contains("going on without");
    }

    @ParameterizedTest
    @ValueSource(strings = {"second", "bench"})
    void saysWhoCanRunItIfItHasToBuildAndItsUserMayNot(String name) throws Exception {
        tree.allow("build", "training", "loading");
        assertThat(exitCode(tree.launch("first"))).isZero();
        Files.delete(root.resolve("standalone/target/built"));
        tree.protectTarget();

        assertThat(exitCode(tree.launchWithoutPrivileges(name))).isOne();

        assertThat(tree.lines(name)).singleElement().asString().endsWith("as a user who may");
    }
}
