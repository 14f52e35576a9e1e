package dev.sluice.processor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.test.TestCertificate;
import dev.sluice.test.fault.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests an untrusted server only. A connection to a trusted one is tested with a process that is configured to trust it. */
class MongoConnectionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @Test
    void saysThatItDoesNotTrustTheServersCertificate() throws IOException {
        TestCertificate unknown = TestCertificate.make(folder, "unknown");
        try (EmbeddedStore store = EmbeddedStore.startInMemory();
                FaultProxy front = FaultProxy.ofTls(
                        unknown,
                        new ConnectionString(store.uri() + "/x")
                                .getHosts().stream()
                                        .map(host -> Integer.parseInt(host.substring(host.indexOf(':') + 1)))
                                        .findFirst()
                                        .orElseThrow());
                MongoClient client = MongoConnection.open(
                        new ConnectionString("mongodb://localhost:" + front.port() + "/sluice?tls=true"), PATIENCE)) {
            await().untilAsserted(() -> assertThat(MongoConnection.trouble(client))
                    .startsWith("no TLS with MongoDB: ")
                    .contains("unable to find valid certification path"));
            assertThat(MongoConnection.isUp(client)).isFalse();
        }
    }
}
