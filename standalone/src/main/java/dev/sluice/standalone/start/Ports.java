package dev.sluice.standalone.start;

import dev.sluice.standalone.command.CommandFailure;
import dev.sluice.standalone.command.WrongArgument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Checks that ports are free before anything slow is started. */
final class Ports {

    private Ports() {}

    static void requireFree(StartOptions options) {
        require(options.port(), "--port");
        if (options.kafka() == null) {
            require(options.kafkaPort(), "--kafka-port");
        }
    }

    static void requirePossible(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new WrongArgument(option + " " + port + " is not a port: expected 0 to 65535");
        }
    }

    private static void require(int port, String option) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(1);
        } catch (IOException e) {
            throw new CommandFailure(
                    "port " + port + " of 127.0.0.1 cannot be used (" + e.getMessage() + "): choose another with "
                            + option,
                    e);
        }
    }
}
