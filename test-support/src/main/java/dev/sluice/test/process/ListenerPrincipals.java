package dev.sluice.test.process;

import dev.sluice.embedded.BrokerSettings;
import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;

/**
 * Distinguishes controllers from clients, though neither authenticates. Controllers must vote before they know any
 * ACLs, so they must be super users, which clients must not be.
 */
public final class ListenerPrincipals extends DefaultKafkaPrincipalBuilder {

    static final KafkaPrincipal CONTROLLER = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, "controller");

    /** For Kafka, which creates it by reflection. */
    public ListenerPrincipals() {
        super(null, null);
    }

    @Override
    public KafkaPrincipal build(AuthenticationContext context) {
        return context.listenerName().equals(BrokerSettings.CONTROLLER_LISTENER) ? CONTROLLER : super.build(context);
    }
}
