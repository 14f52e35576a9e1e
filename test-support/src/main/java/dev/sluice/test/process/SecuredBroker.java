package dev.sluice.test.process;

import static java.util.Map.entry;

import dev.sluice.embedded.BrokerSettings.Node;
import dev.sluice.test.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;

/**
 * A broker as in production: clients use TLS, authenticate with SCRAM, and may do only what ACLs allow. The
 * administrator uses a separate listener.
 */
public final class SecuredBroker implements AutoCloseable {

    private static final String DOOR = "SECURED";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final int PATIENCE_SECONDS = 30;
    private static final int ITERATIONS = 4096;

    private final BrokerCluster cluster;
    private final TestCertificate certificate;
    private final int port;

    private SecuredBroker(BrokerCluster cluster, TestCertificate certificate, int port) {
        this.cluster = cluster;
        this.certificate = certificate;
        this.port = port;
    }

    /** Starts the broker without any ACLs. */
    public static SecuredBroker start(Path directory, TestCertificate certificate, int port) {
        Node node = BrokerCluster.newNode();
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d,%s://127.0.0.1:%d"
                        .formatted(node.client(), node.controller(), DOOR, port));
        settings.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT," + DOOR + ":SASL_SSL");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        settings.put("listener.name.secured.scram-sha-512.sasl.jaas.config", SCRAM + " required;");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificate.store().toString());
        settings.put("ssl.keystore.password", TestCertificate.PASSWORD);
        settings.put("ssl.key.password", TestCertificate.PASSWORD);
        settings.put("allow.everyone.if.no.acl.found", "false");
        settings.put("super.users", "User:controller;User:ANONYMOUS");
        return new SecuredBroker(BrokerCluster.start(directory, List.of(node), settings), certificate, port);
    }

    /** The client settings of the administrator, who may do everything. */
    public Map<String, Object> administration() {
        return cluster.properties();
    }

    /** Creates users, whose passwords are their names. */
    public void letIn(Collection<String> users) {
        List<UserScramCredentialAlteration> credentials = users.stream()
                .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                        user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), user))
                .toList();
        try (Admin admin = Admin.create(administration())) {
            admin.alterUserScramCredentials(credentials).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(users + " could not be let in", e);
        }
    }

    public void grant(Collection<AclBinding> rights) {
        try (Admin admin = Admin.create(administration())) {
            admin.createAcls(rights).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException("rights could not be given: " + rights, e);
        }
    }

    /** The client settings of a user, as in a properties file. */
    public Map<String, Object> as(String user) {
        return as(user, port, certificate);
    }

    private static Map<String, Object> as(String user, int port, TestCertificate certificate) {
        String login = "username=\"%s\" password=\"%s\";".formatted(user, user);
        return Map.ofEntries(
                entry("bootstrap.servers", "localhost:" + port),
                entry("security.protocol", "SASL_SSL"),
                entry("ssl.truststore.type", "PEM"),
                entry("ssl.truststore.location", certificate.certificate().toString()),
                entry("sasl.mechanism", "SCRAM-SHA-512"),
                entry("sasl.jaas.config", SCRAM + " required " + login));
    }

    /** The environment of a service that is a user of a broker, whether that has started or not; its settings go to a file in {@code folder}. */
    public static Map<String, String> environment(String user, int port, TestCertificate certificate, Path folder) {
        Properties properties = new Properties();
        properties.putAll(as(user, port, certificate));
        Path file = folder.resolve(user + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("SLUICE_KAFKA_PROPERTIES", file.toString());
    }

    /** Kills the broker and starts it again, with what the file of its certificate contains now. */
    public void restart() {
        cluster.broker(0).kill();
        cluster.restart(0);
        cluster.awaitAll();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
