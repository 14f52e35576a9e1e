package dev.sluice.standalone.store;

import static dev.sluice.test.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.process.ChildJvm;
import dev.sluice.test.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.io.TempDir;

class StoresIT {

    @TempDir
    private Path directory;

    @ConcurrentTest
    void startsTheEmbeddedStoreWhereThereIsNoMongod() throws Exception {
        try (Store store = stores(directory.toString()).start();
                MongoClient client = MongoClients.create(store.uri())) {
            client.getDatabase("d").getCollection("c").insertOne(new Document("_id", 1));
            store.flush();

            assertThat(store.description()).contains("not for production");
            assertThat(directory.resolve("store.mv")).isNotEmptyFile();
        }
    }

    @ConcurrentTest
    void startsTheStoreThatHoldsDataRatherThanAMongodThatHoldsNone() throws Exception {
        stores("").start().close();
        Path bin = mongod("exit 1\n");

        try (Store store = stores(bin.toString()).startPresent()) {
            assertThat(store.description()).contains("not for production");
        }
    }

    @ConcurrentTest
    void runsAMongodOfThePathAndStopsItInTheEnd() throws Exception {
        Path bin = fakeMongod();

        ProcessHandle mongod;
        try (Store store = stores(bin.toString()).start();
                MongoClient client = MongoClients.create(store.uri())) {
            mongod = fakeMongodProcess();
            assertThat(client.getDatabase("d").runCommand(new Document("ping", 1)))
                    .containsEntry("ok", 1.0);
            assertThat(store.description()).startsWith("mongod, process ");
        }

        Awaitility.await().until(() -> !mongod.isAlive());
    }

    @ConcurrentTest
    void startsWhileTheMongodOfAKilledProcessStillStops() throws Exception {
        Path bin = fakeMongod();
        try (ChildJvm owner = startOwner(bin)) {
            Files.createFile(FakeMongod.stopsSlowly(directory.resolve("mongodb")));
            owner.kill();
        }

        try (Store store = stores(bin.toString()).start();
                MongoClient client = MongoClients.create(store.uri())) {
            assertThat(client.getDatabase("d").runCommand(new Document("ping", 1)))
                    .containsEntry("ok", 1.0);
        }
        assertThat(FakeMongod.stopsSlowly(directory.resolve("mongodb"))).doesNotExist();
    }

    @ConcurrentTest
    void endsWithItsMongod() throws Exception {
        try (ChildJvm owner = startOwner(fakeMongod())) {
            fakeMongodProcess().destroyForcibly();

            assertThat(owner.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(owner.lastLines()).contains("mongod ends this process with status 1", "mongod.log");
        }
    }

    @ConcurrentTest
    void expectsTheEndOfAMongodThatIsToldToStopWithIt() throws Exception {
        try (ChildJvm owner = startOwner(fakeMongod())) {
            Path slowly = Files.createFile(StoreOwner.stopsSlowly(directory));
            ProcessHandle mongod = fakeMongodProcess();
            owner.terminate();
            awaitLine(owner, "stopping");
            mongod.destroy();

            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .until(() -> !mongod.isAlive() && !owner.lastLines().contains("ends this process"));
            Files.delete(slowly);
            assertThat(owner.awaitExit(PATIENCE)).isEqualTo(143);
        }
    }

    @ConcurrentTest
    void saysWhyAMongodEndsThatTellsHowItShutsDownAfterThat() throws Exception {
        Path bin = mongod("""
                while [ $# -gt 0 ]; do
                  if [ "$1" = --logpath ]; then log=$2; fi
                  shift
                done
                printf '{"s":"I","msg":"a"}\\n{"s":"E","msg":"the folder is in use"}\\n{"s":"I","msg":"b"}\\n' > "$log"
                exit 100
                """);

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> stores(bin.toString()).start())
                .withMessageEndingWith("{\"s\":\"E\",\"msg\":\"the folder is in use\"}");
    }

    @ConcurrentTest
    void saysWhatAMongodThatEndsAtOnceHasLoggedSinceItWasStarted() throws Exception {
        Files.writeString(directory.resolve("mongod.log"), "{\"s\":\"E\",\"msg\":\"last week's\"}\n");
        Path bin = mongod("""
                while [ $# -gt 0 ]; do
                  if [ "$1" = --logpath ]; then log=$2; fi
                  shift
                done
                printf 'starting\\nthe disk is full\\n' >> "$log"
                exit 100
                """);

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> stores(bin.toString()).start())
                .withMessageContaining("status 100")
                .withMessageEndingWith("the disk is full");
        assertThat(directory.resolve("mongod.log.1")).content().contains("last week's");
    }

    private Stores stores(String path) {
        return StoreOwner.stores(directory, path);
    }

    private ChildJvm startOwner(Path bin) {
        ChildJvm owner = ChildJvm.start(Launch.of("store-owner", StoreOwner.class.getName())
                .withArguments(List.of(directory.toString(), bin.toString())));
        awaitLine(owner, "ready");
        return owner;
    }

    private static void awaitLine(ChildJvm owner, String line) {
        Awaitility.await().until(() -> owner.lastLines().contains(line));
    }

    private Path fakeMongod() throws IOException {
        return mongod("exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s \"$@\" > '%s'\n"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        FakeMongod.class.getName(),
                        directory.resolve("pid")));
    }

    /** The running process, which prints its id once it answers. */
    private ProcessHandle fakeMongodProcess() {
        String id =
                Awaitility.await().until(() -> Files.readString(directory.resolve("pid")), text -> text.endsWith("\n"));
        return ProcessHandle.of(Long.parseLong(id.strip())).orElseThrow();
    }

    private Path mongod(String script) throws IOException {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path file = Files.writeString(bin.resolve("mongod"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }
}
