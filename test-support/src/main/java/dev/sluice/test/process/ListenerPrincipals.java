package dev.sluice.test.process;

import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;

/**
 * Tells controllers from clients, though neither proves who it is: controllers have to vote before they know of any rights, so they need
 * to be super users, which clients must not be.
 */
public final class ListenerPrincipals extends DefaultKafkaPrincipalBuilder {

    static final KafkaPrincipal CONTROLLER = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, "controller");

    /** As Kafka makes it. */
    public ListenerPrincipals() {
        super(null, null);
    }

    @Override
    public KafkaPrincipal build(AuthenticationContext context) {
        return context.listenerName().equals(BrokerProperties.CONTROLLER) ? CONTROLLER : super.build(context);
    }
}
