package dev.sluice.standalone.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.standalone.command.FailureLine;
import dev.sluice.test.TestKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(60)
class TailCommandIT {

    private static final String TIMES =
            ",'received':'2026-11-24T10:15:30.123000Z','processed':'2026-11-24T10:15:31.123000Z'}";
    private static final String STORED = "{'version':1,'id':263,'project':1,'state':'stored','session':263,"
            + "'analysis_type':'fortify','analysis_ref':'zero\\u001b[2J','notes':{'none':0,'partial':0,'pass':1,'fail':2},"
            + "'verifications':[{'task':'1-T6','from':null,'to':'fail'},{'task':'1-T7','from':'fail','to':'pass'}],"
            + "'verifications_total':9" + TIMES;
    private static final String REJECTED = "{'version':1,'id':519,'project':2,'state':'rejected',"
            + "'errors':{'notes':[{},{'task':['This field is required.']}]}" + TIMES;
    private static final String DEAD = "{'version':1,'id':775,'project':null,'state':'dead-lettered',"
            + "'reason':'The record has no value.\u009b2J\u202e','partition':7,'offset':2" + TIMES;
    private static final String LAST =
            "{'version':1,'id':1031,'project':1,'state':'duplicate','duplicate_of':263" + TIMES;

    private final TopicNames topics = TestKafka.freshTopics(TailCommandIT.class);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void tell() throws Exception {
        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.createTopics(List.of(new NewTopic(topics.outcomes(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(TestKafka.properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            send(producer, 1L, STORED);
            send(producer, 2L, REJECTED);
            send(producer, null, DEAD);
            send(producer, null, "nonsense");
            send(producer, 1L, LAST);
        }
    }

    @Test
    void writesALineForEachUntilNobodyReads() {
        assertThat(tail(5)).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "2026-11-24 10:15:31Z  stored         project 1  session 263, fortify \"zero?[2J\", 2 fail, 1 pass;"
                                + " 1-T6 new -> fail, 1-T7 fail -> pass and 7 more tasks",
                        "2026-11-24 10:15:31Z  rejected       project 2  519: notes[1].task: This field is required.",
                        "2026-11-24 10:15:31Z  dead-lettered  no project  775 at partition 7, offset 2: The record has no value.?2J?",
                        "not an outcome that this version knows: partition 0, offset 3",
                        "2026-11-24 10:15:31Z  duplicate      project 1  1031 repeats 263");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void showsOneProject() {
        assertThat(tail(2, "--project", "1")).isZero();

        assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.contains("project 1"));
    }

    @Test
    void saysThatTheTopicIsMissing() {
        int exitCode = commandLine(new PrintWriter(out))
                .execute("--kafka", TestKafka.bootstrapServers(), "--topic-prefix", topics.prefix() + "x");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("has no topic").hasLineCount(1);
    }

    private int tail(int lines, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "--from-beginning", "--kafka", TestKafka.bootstrapServers(), "--topic-prefix", topics.prefix()));
        return commandLine(new PrintWriter(new ClosedAfter(lines, out))).execute(arguments.toArray(String[]::new));
    }

    private CommandLine commandLine(PrintWriter writer) {
        return new CommandLine(new TailCommand())
                .setExecutionExceptionHandler(new FailureLine())
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(writer)
                .setErr(new PrintWriter(err, true));
    }

    private void send(KafkaProducer<byte[], byte[]> producer, @Nullable Long project, String value) throws Exception {
        byte[] key = project == null ? null : ProjectKey.of(project);
        producer.send(new ProducerRecord<>(topics.outcomes(), key, json(value).getBytes(StandardCharsets.UTF_8)))
                .get(20, TimeUnit.SECONDS);
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }

    /** A pipe whose reader closes it after some lines. */
    private static final class ClosedAfter extends Writer {

        private final Writer target;
        private int linesLeft;

        ClosedAfter(int lines, Writer target) {
            this.linesLeft = lines;
            this.target = target;
        }

        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            if (linesLeft == 0) {
                throw new IOException("Broken pipe");
            }
            String written = new String(text, offset, length);
            target.write(written);
            linesLeft -= (int) written.chars().filter(c -> c == '\n').count();
        }

        @Override
        public void flush() throws IOException {
            if (linesLeft == 0) {
                throw new IOException("Broken pipe");
            }
        }

        @Override
        public void close() {}
    }
}
