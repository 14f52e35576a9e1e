package dev.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SluiceTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start --port 99999",
                "start --kafka-port -1",
                "start --ids-base 100",
                "start --kafka nohost",
                "start --mongodb nonsense",
                "resume --url ftp://x",
                "audit --mongodb nonsense",
                "audit --show -1",
                "rebuild --kafka nohost",
                "tail --kafka localhost:9092 --data data",
                "tail --project 0",
                "token list --kafka-properties nosuch",
                "token create --name Bob --projects all --role reader --user-id -4",
                "token create --name  --projects all --role reader",
                "token create --name Bob --projects all --role reader --email nonsense"
            })
    void endsWithTwoIfAnArgumentIsWrong(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString().lines().toList())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.getFirst()).startsWith("sluice: "))
                .satisfies(lines -> assertThat(lines.getLast()).matches("See \"sluice .+ --help\"\\."));
    }

    @ParameterizedTest
    @CsvSource({
        "feed x --project abc, sluice feed, '--project: \"abc\" is not a possible number: expected a whole one'",
        "audit --show x, sluice audit, '--show: \"x\" is not a possible number: expected a whole one'",
        "tail --project 1.5, sluice tail, '--project: \"1.5\" is not a possible number: expected a whole one'",
        "set-aside abc --reason x, sluice set-aside, 'ID: \"abc\" is not a possible number: expected a whole one'",
        "set-aside, sluice set-aside, 'missing --reason TEXT, ID'",
        "token create --role reader, sluice token create, 'missing --name NAME, --projects IDS'",
        "start --port, sluice start, missing --port PORT",
        "start --port --data x, sluice start, missing --port PORT",
        "start --port 1 --port 2, sluice start, --port is given more than once: expected it once",
        "feed x foo --project 1, sluice feed, unexpected argument foo",
        "feed x --project 1 --prot 1, sluice feed, unknown option --prot",
        "token revok, sluice token, there is no command revok",
        "token create --name A --projects all --role reader --expires 0d, sluice token create,"
                + " '--expires: \"0d\" is not a time: expected one or more days, hours or minutes, like 90d, 12h or 30m'"
    })
    void saysWhatIsWrongWithAnArgumentAndWhereHelpIs(String arguments, String command, String expected) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString().lines().toList())
                .startsWith("sluice: " + expected)
                .endsWith("See \"" + command + " --help\".")
                .hasSizeLessThan(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "feed --version", "token list -V"})
    void saysItsVersionToEveryCommand(String arguments) {
        StringWriter out = new StringWriter();

        int code = Sluice.commandLine().setOut(new PrintWriter(out, true)).execute(arguments.split(" "));

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("sluice ").hasLineCount(1);
    }

    @Test
    void endsWithOneIfAllArgumentsAreRightAndSomethingIsNotThere(@TempDir Path folder) {
        assertThat(run("audit", "--data", folder.toString())).isEqualTo(1);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"audit", "rebuild"})
    void namesAStoreThatDoesNotAnswerWithoutItsPassword(String command) {
        assertThat(run(command, "--mongodb", "mongodb://user:secret@127.0.0.1:1/x"))
                .isEqualTo(1);

        assertThat(err.toString())
                .startsWith("sluice: the store at 127.0.0.1:1 cannot be used: ")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        return Sluice.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
