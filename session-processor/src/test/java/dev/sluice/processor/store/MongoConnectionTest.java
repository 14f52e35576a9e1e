package dev.sluice.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerType;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import dev.sluice.test.LoggedLines;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class MongoConnectionTest {

    @Test
    void saysThatTheConnectionStringBindsItToAServerThatIsNotThePrimary() {
        assertThat(MongoConnection.trouble(secondary(ClusterConnectionMode.SINGLE)))
                .contains("is not its replica set's primary")
                .contains("replicaSet=");
    }

    @Test
    void saysNoMoreThanThatNoneTakesWritesWhileAReplicaSetHasNoPrimary() {
        assertThat(MongoConnection.trouble(secondary(ClusterConnectionMode.MULTIPLE)))
                .isEqualTo("no MongoDB server that takes writes is known");
    }

    @Test
    void saysWithoutTheDriversWordsWhyTheStoreDidNotDoWhatWasAsked() {
        ServerAddress server = new ServerAddress();
        MongoSocketException broken = new MongoSocketReadException("broken", server);
        MongoCredential user = MongoCredential.createCredential("u", "d", new char[0]);

        assertThat(MongoConnection.trouble(new MongoTimeoutException("Client view of cluster state is {}")))
                .isEqualTo("MongoDB did not answer in time, or no server that takes writes is known");
        assertThat(MongoConnection.trouble(new MongoSecurityException(user, "no")))
                .isEqualTo("MongoDB does not accept the user and password");
        assertThat(MongoConnection.trouble(new MongoSecurityException(user, "no", broken)))
                .isEqualTo("MongoDB does not answer");
        assertThat(MongoConnection.trouble(broken)).isEqualTo("MongoDB does not answer");
        assertThat(MongoConnection.trouble(new MongoCommandException(
                        BsonDocument.parse("{ok: 0, code: 13, codeName: 'Unauthorized', errmsg: 'secret'}"), server)))
                .isEqualTo("MongoDB refused a command: Unauthorized");
        assertThat(MongoConnection.trouble(new DuplicateKeyException(
                        BsonDocument.parse("{code: 11000, err: 'dup key: secret'}"),
                        server,
                        WriteConcernResult.unacknowledged())))
                .isEqualTo("MongoDB refused a command with code 11000");
    }

    @Test
    void warnsOnceOfAReplicaSetThatTheConnectionStringDoesNotName() {
        try (LoggedLines lines = new LoggedLines(OneMemberWarning.class)) {
            OneMemberWarning warning = new OneMemberWarning();
            hear(warning, secondary(ClusterConnectionMode.MULTIPLE));
            hear(warning, secondary(ClusterConnectionMode.SINGLE));
            hear(warning, secondary(ClusterConnectionMode.SINGLE));

            assertThat(lines.all())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("MongoDB at host:27017 is a member of the replica set rs0, ")
                            .endsWith("replicaSet=rs0"));
        }
    }

    private static void hear(OneMemberWarning warning, ClusterDescription cluster) {
        warning.clusterDescriptionChanged(new ClusterDescriptionChangedEvent(new ClusterId(), cluster, cluster));
    }

    private static ClusterDescription secondary(ClusterConnectionMode mode) {
        return new ClusterDescription(
                mode,
                ClusterType.REPLICA_SET,
                List.of(ServerDescription.builder()
                        .address(new ServerAddress("host"))
                        .type(ServerType.REPLICA_SET_SECONDARY)
                        .setName("rs0")
                        .ok(true)
                        .state(ServerConnectionState.CONNECTED)
                        .build()));
    }
}
