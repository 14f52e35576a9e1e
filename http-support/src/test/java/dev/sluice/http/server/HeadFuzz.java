package dev.sluice.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.error.Problem;
import dev.sluice.contract.submission.TaskIds;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.access.AuthorizationHeader;
import dev.sluice.http.api.ApiResource;
import dev.sluice.http.api.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Feeds arbitrary texts, one per line, as the parts of a request's head: paths, tokens, media types, hosts, lengths.
 */
public final class HeadFuzz {

    private static final ResourcePaths PATHS = new ResourcePaths(ApiResource.values());
    private static final BaseUrl BASE_URL = new BaseUrl(HttpConfig.defaults());
    private static final JsonMapper JSON = new JsonMapper();

    private HeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<String> lines =
                new String(input, StandardCharsets.ISO_8859_1).lines().toList();
        MediaTypes.acceptsJson(lines);
        MediaTypes.acceptsJsonOrNdjson(lines);
        checkAuthorization(lines);
        lines.forEach(HeadFuzz::check);
        checkFraming(lines);
    }

    private static void checkAuthorization(List<String> lines) {
        try {
            assertThat(AuthorizationHeader.token(lines).id()).hasSize(16);
        } catch (ProblemException e) {
            assertThat(e.answer().status()).isEqualTo(401);
        }
    }

    private static void check(String text) {
        PATHS.match("/" + text).ifPresent(match -> match.parameters().forEach(HeadFuzz::checkParameter));
        TaskIds.task(text, 1).ifPresent(task -> assertThat(task).matches("[A-Z]+[0-9]+"));
        boolean media = MediaTypes.isJson(text) && MediaTypes.isNdjson(text);
        assertThat(media).isFalse();
        Problem refusal = Problem.unsupportedMediaType(MediaTypes.quotable(text));
        assertThat(JSON.readTree(refusal.body()).path("detail").isString()).isTrue();
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderNames.HOST, text);
        headers.set(Call.REQUEST_ID, text);
        assertThat(BASE_URL.of(headers, () -> 8080)).matches("http://[A-Za-z0-9._\\-\\[\\]:]+");
        assertThat(Call.requestId(headers)).matches("[A-Za-z0-9._-]{1,64}");
    }

    private static void checkParameter(String name, String value) {
        boolean isId = ProjectKey.parse(value).isPresent();
        assertThat(isId || name.equals(ApiResource.TASK_ID)).as(value).isTrue();
    }

    private static void checkFraming(List<String> lines) {
        WritableHeaders<?> headers = WritableHeaders.create();
        for (int i = 0; i < Math.min(lines.size(), 3); i++) {
            headers.add(HeaderValues.create(
                    i < 2 ? HeaderNames.CONTENT_LENGTH : HeaderNames.TRANSFER_ENCODING, lines.get(i)));
        }
        try {
            if (Framing.of(headers) instanceof Framing.Declared(var length)) {
                assertThat(length).isNotNegative();
                assertThat(lines).hasSize(1);
            }
        } catch (RequestException e) {
            assertThat(e.status().code()).isIn(400, 501);
        }
    }
}
