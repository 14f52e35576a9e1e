package dev.sluice.endtoend.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.test.RawClient;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus under {@code src/test/resources/hostile}, in the format of {@link Conversation}: each file gets the
 * responses it expects, no part of it is taken for another request, and other clients are served as before.
 */
class HostileRequestsIT {

    private static final HostileServer SERVER = HostileServer.standalone();
    private static final String NEXT_REQUEST = "GET /observe/health/live HTTP/1.1\r\nHost: sluice.test\r\n\r\n";

    static List<String> corpus() throws IOException, URISyntaxException {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".http"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void isAnsweredAsTheFileSaysAndHarmsNobody(String file) throws IOException, URISyntaxException {
        try (RawClient connection = SERVER.connect()) {
            for (Step step :
                    Conversation.read(folder().resolve(file), SERVER.token()).steps()) {
                switch (step) {
                    case Step.Send(var bytes) -> connection.send(bytes);
                    case Step.Answered(var status, var text) -> assertAnswered(connection.receive(), status, text);
                    case Step.Closed() -> {
                        assertThat(connection.send(NEXT_REQUEST).rest()).isEmpty();
                        return;
                    }
                }
            }
            assertThat(connection.send(NEXT_REQUEST).receive().body())
                    .as("the next answer on the connection")
                    .contains("\"UP\"");
        } finally {
            SERVER.assertServesOthers();
        }
    }

    @AfterAll
    static void holdsNothingOfIt() throws IOException {
        SERVER.assertStoresWhatItTakes();
        SERVER.assertHoldsNoMoreThanAtFirst();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(HostileRequestsIT.class.getResource("/hostile"))
                .toURI());
    }

    private static void assertAnswered(RawClient.Response answer, int status, String text) {
        assertThat(answer.status()).as("%s%s", answer.head(), answer.body()).isEqualTo(status);
        assertThat(answer.head() + answer.body()).contains(text);
    }
}
