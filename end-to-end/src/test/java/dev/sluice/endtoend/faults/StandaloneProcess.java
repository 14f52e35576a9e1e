package dev.sluice.endtoend.faults;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.test.process.FreePort;
import dev.sluice.test.process.InstalledTopics;
import dev.sluice.test.process.Launch;
import dev.sluice.test.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code sluice start} as a process, with what the fault tests need of it. All that are started with the same one have its ports. */
record StandaloneProcess(Path data, int port, int kafkaPort) {

    static StandaloneProcess in(Path data) {
        return new StandaloneProcess(data, FreePort.next(), FreePort.next());
    }

    /** Starts it, by way of {@code shell}, and waits for nothing. */
    ServiceProcess start(List<String> shell) {
        return ServiceProcess.start(
                Launch.of("standalone", "dev.sluice.standalone.Sluice")
                        .withShell(shell)
                        .withJvmOptions(List.of("-Xmx512m"))
                        .withArguments(List.of(
                                "start",
                                "--data",
                                data.toString(),
                                "--port",
                                Integer.toString(port),
                                "--kafka-port",
                                Integer.toString(kafkaPort))),
                port);
    }

    /** The first administrator's, once it is ready. */
    String token() {
        return token(data);
    }

    /** The same, where the data is seen elsewhere. */
    static String token(Path data) {
        try {
            return Files.readString(data.resolve("admin-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reckoning reckoning(Workload workload, ServiceProcess running, String token) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort);
        SubmissionsInLog log = SubmissionsInLog.read(new InstalledTopics(kafka, TopicNames.DEFAULT));
        return new Reckoning(workload, log, new SessionReader(running.address(), token));
    }
}
