package dev.sluice.embedded;

import java.nio.file.Path;

/** A broker in a separate process, which prints its address. */
final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]), 0);
        System.out.println(broker.bootstrapServers());
        Thread.currentThread().join();
    }
}
