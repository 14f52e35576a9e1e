package dev.sluice.processor.store;

import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once that the connection string binds the driver to one member of a replica set, before that does any harm. */
final class OneMemberWarning implements ClusterListener {

    private static final Logger LOG = LoggerFactory.getLogger(OneMemberWarning.class);

    private final AtomicBoolean said = new AtomicBoolean();

    @Override
    public void clusterDescriptionChanged(ClusterDescriptionChangedEvent event) {
        onlyMember(event.getNewDescription()).ifPresent(member -> {
            if (said.compareAndSet(false, true)) {
                LOG.warn(
                        "MongoDB at {} is a member of the replica set {}, and the connection string does not say so: when another"
                                + " member becomes the primary, nothing is stored any more. Name the replica set in it: replicaSet={}",
                        member.getAddress(),
                        member.getSetName(),
                        member.getSetName());
            }
        });
    }

    /** The driver discovers no other servers if the string names a single one without its replica set. */
    static Optional<ServerDescription> onlyMember(ClusterDescription cluster) {
        return cluster.getConnectionMode() == ClusterConnectionMode.SINGLE
                ? cluster.getServerDescriptions().stream()
                        .filter(server -> server.isOk() && server.isReplicaSetMember())
                        .findFirst()
                : Optional.empty();
    }
}
