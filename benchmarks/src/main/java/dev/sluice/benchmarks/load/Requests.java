package dev.sluice.benchmarks.load;

import dev.sluice.benchmarks.workload.Session;
import dev.sluice.benchmarks.workload.SessionSize;
import dev.sluice.benchmarks.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Complete HTTP requests, encoded before anything is measured. */
final class Requests {

    private static final int PREPARED = 2_000;
    private static final int PREPARED_LARGE = 200;

    private Requests() {}

    static InetSocketAddress server(String address) {
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** POSTs of sessions in {@code project}, or in the workload's own projects if it is 0. */
    static List<byte[]> posts(String token, SessionSize size, long project) {
        Workload workload = new Workload(size, Workload.SEED);
        int count = size == SessionSize.LARGE ? PREPARED_LARGE : PREPARED;
        List<byte[]> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            requests.add(post(token, project == 0 ? workload.next() : workload.nextOf(project)));
        }
        return requests;
    }

    static List<byte[]> gets(String token, List<String> paths) {
        return paths.stream().map(path -> get(token, path)).toList();
    }

    static byte[] post(String token, Session session) {
        String head = "POST /api/v2/projects/" + session.project() + "/analysis-sessions/ HTTP/1.1\r\n" + common(token)
                + "Content-Type: application/json\r\nContent-Length: " + session.body().length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(session.body());
        return request.toByteArray();
    }

    static byte[] get(String token, String path) {
        return ("GET " + path + " HTTP/1.1\r\n" + common(token) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String common(String token) {
        return "Host: localhost\r\nAuthorization: Token " + token + "\r\nAccept: application/json\r\n";
    }
}
