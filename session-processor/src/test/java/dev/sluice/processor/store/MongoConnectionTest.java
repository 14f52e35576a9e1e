package dev.sluice.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ServerAddress;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ClusterType;
import com.mongodb.connection.ServerConnectionState;
import com.mongodb.connection.ServerDescription;
import com.mongodb.connection.ServerType;
import java.util.List;
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
