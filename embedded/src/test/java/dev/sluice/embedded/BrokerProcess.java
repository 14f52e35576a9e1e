package dev.sluice.embedded;

import java.nio.file.Path;

/** A broker in a process of its own, which says its address. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0);
        System.out.println(broker.bootstrapServers());
        Thread.currentThread().join();
    }
}
