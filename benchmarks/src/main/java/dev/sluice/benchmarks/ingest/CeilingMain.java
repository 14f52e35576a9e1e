package dev.sluice.benchmarks.ingest;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;

/** The ceiling: ingest-api's web server, which reads each body and responds from memory with a response of a session's size. Argument: the port. */
final class CeilingMain {

    private static final byte[] ANSWER = """
            {"id":307456,"analysis_ref":"build-12345.example.com","analysis_type":"fortify","extra":{},\
            "created":"2026-01-01T00:00:00.000000Z","updated":"2026-01-01T00:00:00.000000Z","updater":599}""".getBytes(StandardCharsets.UTF_8);

    private CeilingMain() {}

    public static void main(String[] arguments) {
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(CeilingMain::route)
                .build()
                .start();
    }

    private static void route(HttpRouting.Builder routing) {
        routing.get("/observe/health/ready", (_, response) -> response.send("ready"));
        routing.post("/api/v2/projects/{project}/analysis-sessions/", CeilingMain::answer);
    }

    private static void answer(ServerRequest request, ServerResponse response) {
        byte[] body = request.content().as(byte[].class);
        response.status(body.length > 0 ? Status.CREATED_201 : Status.BAD_REQUEST_400);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.header(HeaderNames.LOCATION, "http://localhost/api/v2/projects/1/analysis-sessions/307456/");
        response.send(ANSWER);
    }
}
