package dev.sluice.standalone.start;

import dev.sluice.contract.id.IdBase;
import dev.sluice.http.quota.Quotas;
import dev.sluice.service.kafka.KafkaSettings;
import dev.sluice.service.process.ClockWatch;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import dev.sluice.standalone.command.FolderLock;
import dev.sluice.standalone.command.LogFile;
import dev.sluice.standalone.command.WrongArgument;
import dev.sluice.standalone.store.GivenStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice start}: runs until it receives a signal, then drains and stops within ten seconds. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Runs all of Sluice in one process, reachable from this machine only: a Kafka broker, a store, and both services on one port.",
            "The store is that of --mongodb, else a mongod found on the PATH, else an embedded one for evaluation.",
            "Tokens' quotas are read from SLUICE_QUOTA_REQUESTS, _SESSIONS, _BYTES (per second) and _BURST in the environment.",
            "Ctrl-C and SIGTERM drain and stop it within 10 s."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "1:it could not start",
            "2:wrong arguments",
            "3:out of memory",
            "4:the system's clock was set back by more than a minute; started again, it works",
            "130:stopped with Ctrl-C",
            "143:stopped with SIGTERM"
        })
public final class StartCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "PORT", description = "HTTP port; 0 for any free one.")
    private int port = 8080;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder for all data that is kept across restarts.")
    private Path data = FolderLock.DEFAULT_FOLDER;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Port of the Kafka broker; 0 for any free one.")
    private int kafkaPort = 9092;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Use this Kafka instead of an embedded broker.")
    private @Nullable String kafka;

    @Option(
            names = "--mongodb",
            paramLabel = "URI",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "Use this MongoDB instead of a local store. Database: the one it names, else sluice.")
    private @Nullable String mongodb;

    @Option(
            names = "--ids-base",
            paramLabel = "N",
            description =
                    "Added to every id; only needed after the submissions topic was made anew. Sluice then says which value to use.")
    private long idsBase;

    @Option(
            names = "--log-moved-to",
            paramLabel = "TOPIC-ID",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description =
                    "Confirms that the submissions topic with this id has the same records at the same offsets as the former one.")
    private String logMovedTo = "";

    @Override
    public Integer call() throws Exception {
        StartOptions options = options();
        // Not closed here: a signal ends the process, and the shutdown hook closes everything in order.
        DataFolder folder = DataFolder.open(data);
        LogFile.use(folder.log(), folder.auditTrail());
        ClockWatch.start();
        Standalone standalone = new Standalone(options, folder, Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(standalone::close, "stop"));
        standalone.start(line -> spec.commandLine().getErr().println("sluice: " + line));
        spec.commandLine().getOut().println(standalone.readyMessage());
        spec.commandLine().getOut().flush();
        standalone.awaitClose();
        return 0;
    }

    private StartOptions options() {
        if (kafka != null && !KafkaSettings.areServers(kafka)) {
            throw new WrongArgument("--kafka " + kafka + " is not an address: expected " + KafkaSettings.SERVERS);
        }
        if (!IdBase.isValid(idsBase)) {
            throw new WrongArgument("--ids-base is " + idsBase + ": expected " + IdBase.EXPECTED);
        }
        if (data.toString().isBlank()) {
            throw new WrongArgument("--data is empty: expected a folder");
        }
        Ports.requirePossible("--port", port);
        Ports.requirePossible("--kafka-port", kafkaPort);
        GivenStore store = mongodb == null ? null : new GivenStore(mongodb);
        return new StartOptions(port, kafkaPort, kafka, store, new IdBase(idsBase), logMovedTo, quotas());
    }

    private Quotas quotas() {
        try {
            Environment environment = Environment.ofProcess();
            Quotas quotas = Quotas.of(environment);
            List<String> unread = environment.unread();
            if (!unread.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println("sluice: ignored (\"start\" reads only quotas from the environment): "
                                + String.join(", ", unread));
            }
            return quotas;
        } catch (SettingException e) {
            throw new WrongArgument(String.valueOf(e.getMessage()));
        }
    }
}
