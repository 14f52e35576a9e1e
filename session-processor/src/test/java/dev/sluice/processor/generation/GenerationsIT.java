package dev.sluice.processor.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.sluice.test.TestMongo;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rebuilds of one store that change its generations at the same time. */
class GenerationsIT {

    private final ConnectionString uri = new ConnectionString(TestMongo.freshDatabase(GenerationsIT.class));
    private final MongoClient client = MongoClients.create(uri);
    private final Generations generations =
            new Generations(client.getDatabase(Objects.requireNonNull(uri.getDatabase())));
    private final Generations.State before = generations.state();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void areBegunByOneOfThoseThatSawTheSameStateAlsoIfThatGivesUp() {
        assertThat(generations.begin(before, "first")).isTrue();
        assertThat(generations.begin(before, "second")).isFalse();

        assertThat(generations.giveUp(2, "first")).isTrue();

        assertThat(generations.begin(before, "second")).isFalse();
        assertThat(generations.state().retired()).containsExactly(2);
        assertThat(generations.begin(generations.state(), "second")).isTrue();
        assertThat(generations.state().unfinished()).isEqualTo(Optional.of(new Generations.Unfinished(3, "second")));
    }

    @Test
    void areLeftAloneByTheOneTheyWereTakenFrom() {
        generations.begin(before, "first");
        assertThat(generations.takeOver(2, "second")).isTrue();

        assertThat(generations.goLive(1, 2, "first")).isFalse();
        assertThat(generations.giveUp(2, "first")).isFalse();

        assertThat(generations.goLive(1, 2, "second")).isTrue();
        assertThat(generations.live().number()).isEqualTo(2);
    }

    @Test
    void areTakenOverOnlyWhileTheyAreUnfinished() {
        generations.begin(before, "first");
        generations.goLive(1, 2, "first");

        assertThat(generations.takeOver(2, "second")).isFalse();

        assertThat(generations.state().unfinished()).isEmpty();
    }

    /** As after a restore of the store. */
    @Test
    void replaceNoneButTheOneTheyWereBegunFor() {
        generations.begin(before, "first");

        assertThat(generations.goLive(2, 2, "first")).isFalse();

        assertThat(generations.live().number()).isEqualTo(1);
    }
}
