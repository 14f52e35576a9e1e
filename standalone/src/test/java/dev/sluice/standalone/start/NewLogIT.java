package dev.sluice.standalone.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.quota.Quotas;
import dev.sluice.standalone.command.CommandFailure;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a standalone is deleted, and its store is not. */
class NewLogIT {

    private static final String SESSIONS = "/api/v2/projects/1/analysis-sessions/";

    @TempDir
    private Path data;

    @Test
    void saysWhatToGiveWhenTheLogWasMadeAnewAndGoesOnWithIt() throws Exception {
        try (StandaloneUnderTest standalone = start()) {
            HttpResponse<String> created =
                    standalone.post(SESSIONS, "{\"analysis_ref\": \"former\", \"analysis_type\": \"fortify\"}");
            assertThat(standalone.get(StandaloneUnderTest.location(created)).body())
                    .contains("\"analysis_ref\":\"former\"");
        }
        deleteAll(data.resolve("kafka"));
        Files.delete(data.resolve("admin-token"));

        assertRefusesTheNewLogAndGoesOnWithIt();
    }

    /** The consumer was left without partitions then, and as a static member of its group it gets back what it had. */
    @Test
    void goesOnWithANewLogAfterTheFormerOneWasDeletedWhileItRan() throws Exception {
        try (StandaloneUnderTest standalone = start();
                FolderBacking open = FolderBacking.open(data, "test");
                Admin admin = Admin.create(Map.of("bootstrap.servers", open.openKafka()))) {
            HttpResponse<String> created =
                    standalone.post(SESSIONS, "{\"analysis_ref\": \"former\", \"analysis_type\": \"fortify\"}");
            assertThat(standalone.get(StandaloneUnderTest.location(created)).statusCode())
                    .isEqualTo(200);
            admin.deleteTopics(List.of(TopicNames.DEFAULT.submissions())).all().get();
            await().until(() -> isWithoutPartitions(admin));
        }

        assertRefusesTheNewLogAndGoesOnWithIt();
    }

    private void assertRefusesTheNewLogAndGoesOnWithIt() throws Exception {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(this::start)
                .withMessageContainingAll(
                        "is not the one that the store was filled from", "set --ids-base to 536870912");

        StartOptions options = new StartOptions(0, 0, null, null, new IdBase(536870912), "", Quotas.NONE);
        try (StandaloneUnderTest standalone = start(options)) {
            HttpResponse<String> created =
                    standalone.post(SESSIONS, "{\"analysis_ref\": \"next\", \"analysis_type\": \"fortify\"}");
            String location = StandaloneUnderTest.location(created);
            assertThat(location).matches(".*/53687\\d{4}/");
            assertThat(standalone.get(location).body()).contains("\"analysis_ref\":\"next\"");
            assertThat(standalone.get(SESSIONS).body())
                    .contains("\"analysis_ref\":\"next\"", "\"analysis_ref\":\"former\"");
        }
    }

    private static boolean isWithoutPartitions(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of("session-processor")).all().get().values().stream()
                .allMatch(group -> group.groupState() == GroupState.STABLE
                        && group.members().stream()
                                .allMatch(member ->
                                        member.assignment().topicPartitions().isEmpty()));
    }

    private StandaloneUnderTest start() {
        return start(StartOptions.ON_ANY_PORTS);
    }

    private StandaloneUnderTest start(StartOptions options) {
        return StandaloneUnderTest.start(data, options);
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
