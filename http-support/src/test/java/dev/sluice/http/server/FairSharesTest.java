package dev.sluice.http.server;

import static dev.sluice.http.server.RunningServer.SESSIONS;
import static dev.sluice.http.server.RunningServer.asAdministrator;
import static dev.sluice.http.server.RunningServer.asAdministratorOfAll;
import static dev.sluice.http.server.RunningServer.asReader;
import static dev.sluice.http.server.RunningServer.asWriter;
import static dev.sluice.http.server.RunningServer.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.test.RawClient;
import dev.sluice.test.RawClient.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that take all they can get, with bodies that never end, leave slots to callers that have none. */
class FairSharesTest {

    private static final int PLACES = 8;
    private static final HttpConfig FEW = HttpConfigs.with("SLUICE_MAX_REQUESTS", Integer.toString(PLACES));

    private final RunningServer server = new RunningServer(FEW);
    private final List<RawClient> slow = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : slow) {
            client.close();
        }
        server.close();
    }

    @Test
    void servesOthersWhileOneCallerHoldsAllThePlacesItGets() throws IOException {
        begin(2 * PLACES, asWriter());
        await().until(() -> taken() == PLACES / 2);

        Response own = post(asWriter());
        assertThat(own.status()).isEqualTo(429);
        assertThat(own.header("Retry-After")).isEqualTo("1");
        assertThat(own.body()).startsWith("{\"detail\":\"This token has reached its limit of requests at a time.");
        assertThat(post(asAdministrator()).status()).isEqualTo(201);
        assertThat(server.call("GET", SESSIONS, asReader(), "").status()).isEqualTo(200);
    }

    @Test
    void servesAThirdWhileTwoHoldAllThePlacesTheyGet() throws IOException {
        begin(2 * PLACES, asWriter());
        await().until(() -> taken() == PLACES / 2);
        begin(2 * PLACES, asAdministrator());
        await().until(() -> taken() == PLACES / 2 + PLACES / 4);

        assertThat(post(asAdministrator()).status()).isEqualTo(429);
        assertThat(post(asAdministratorOfAll()).status()).isEqualTo(201);
    }

    @Test
    void takesNoPlaceForThoseWhoShowNoToken() throws IOException {
        begin(2 * PLACES, "");
        begin(2 * PLACES, "Authorization: Token nobodys\r\n");

        assertThat(post("").status()).isEqualTo(401);
        assertThat(taken()).isZero();
        assertThat(post(asWriter()).status()).isEqualTo(201);
    }

    private void begin(int connections, String authorization) throws IOException {
        for (int i = 0; i < connections; i++) {
            slow.add(server.client().send(head("POST", SESSIONS, authorization + "Content-Length: 100000\r\n") + "{"));
        }
    }

    private Response post(String authorization) throws IOException {
        return server.call("POST", SESSIONS, authorization + "Content-Length: 2\r\n", "{}");
    }

    private double taken() {
        return server.registry.get("sluice.http.requests.active").gauge().value();
    }
}
