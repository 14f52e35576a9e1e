package dev.sluice.processor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.processor.generation.Generations;
import dev.sluice.test.TestMongo;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RebuildClaimIT {

    @Test
    void changesNothingOnceAnotherOneHasTakenOver() {
        ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(RebuildClaimIT.class));
        try (MongoClient client = MongoClients.create(uri)) {
            Generations generations = new Generations(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));
            RebuildClaim former = RebuildClaim.take(generations);
            RebuildClaim latter = RebuildClaim.take(generations);
            client.getDatabase(uri.getDatabase()).createCollection("progress_2");

            for (Runnable one : List.<Runnable>of(former::check, former::goLive, former::giveUp)) {
                assertThatExceptionOfType(RebuildRefusedException.class)
                        .isThrownBy(one::run)
                        .withMessageContaining("has taken over");
            }

            latter.check();
            assertThat(client.getDatabase(uri.getDatabase()).listCollectionNames())
                    .contains("progress_2");
            assertThat(generations.live().number()).isEqualTo(1);
        }
    }
}
