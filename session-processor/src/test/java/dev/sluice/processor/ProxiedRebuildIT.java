package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.client.model.Updates;
import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.processor.rebuild.Rebuild;
import dev.sluice.processor.rebuild.RebuildOptions;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.test.TestKafka;
import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.fault.Moment;
import dev.sluice.test.fault.MongoErrors;
import dev.sluice.test.fault.Then;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rebuilds whose store answers late or has changed meanwhile. */
class ProxiedRebuildIT {

    private static final RebuildOptions AT_ONCE = new RebuildOptions(false, false, Duration.ZERO);

    @TempDir
    private Path folder;

    private final HeardRebuild heard = new HeardRebuild();
    private EmbeddedStore store;
    private FaultProxy proxy;
    private ProcessorConfig config;
    private ProcessorUnderTest processor;

    @BeforeEach
    void submitSome() throws IOException {
        store = EmbeddedStore.start(folder.resolve("store.mv"), 0);
        proxy = FaultProxy.ofMongo("127.0.0.1", URI.create(store.uri()).getPort());
        config = ProcessorConfig.of(TestKafka.properties(), "mongodb://" + proxy.address() + "/sluice")
                .withLog(LogConfig.of(TestKafka.freshTopics(ProxiedRebuildIT.class), 1));
        processor = new ProcessorUnderTest(config).start();
        for (int i = 0; i < 3; i++) {
            processor.awaitProgress(processor.submit(1, ProcessorUnderTest.body("some " + i)));
        }
        processor.stop();
    }

    @AfterEach
    void close() {
        processor.close();
        proxy.close();
        store.close();
    }

    @Test
    void succeedsThoughTheStoreDoesNotConfirmTheSwitchInTime() throws Exception {
        heard.onceCaughtUp = () -> {
            for (int i = 1; i <= 2; i++) {
                proxy.hooks().at(i, "update projection", Moment.ANSWERED, MongoErrors::notReplicatedInTime);
            }
        };

        assertThat(rebuild()).isEqualTo(2);

        assertThat(heard.lines).containsExactly("begins 1 to 2 false", "live 2", "dropped 1");
    }

    /** The rebuild that it takes over from may still store a batch, whose records may be newer than a look at the log's end. */
    @Test
    void doesNotTakeForAnotherLogWhatTheOneBeforeFillsAtTheSameTime() throws Exception {
        heard.stopOnceFilled = true;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::rebuild);
        heard.stopOnceFilled = false;
        proxy.hooks().at(2, "find progress_2", Moment.BEFORE, _ -> {
            processor.submit(1, ProcessorUnderTest.body("newer"));
            processor.collection("progress_2").updateMany(new Document(), Updates.inc("next", 1L));
            return Then.PASS;
        });

        assertThat(rebuild()).isEqualTo(2);
    }

    private int rebuild() throws InterruptedException {
        return new Rebuild(config, StoreDurability.BY_ACKNOWLEDGEMENT, Clock.systemUTC())
                .run(AT_ONCE, heard)
                .generation();
    }
}
