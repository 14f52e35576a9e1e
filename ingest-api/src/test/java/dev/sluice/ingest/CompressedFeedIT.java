package dev.sluice.ingest;

import static dev.sluice.ingest.feed.GzipMembers.concat;
import static dev.sluice.ingest.feed.GzipMembers.gzip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompressedFeedIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    @AutoClose
    private final IngestUnderTest under = IngestUnderTest.of(CompressedFeedIT.class);

    @Test
    void takesCompressedFeeds() throws Exception {
        byte[] plain = new NamedSessions("compressed").lines(100).getBytes(UTF_8);
        byte[] twoMembers = concat(gzip(plain), gzip(plain));

        JsonNode gzipped = JSON.readTree(feed("gzip", twoMembers).body());
        JsonNode zstd = JSON.readTree(feed("zstd", Zstd.compress(plain)).body());

        assertThat(gzipped.get("accepted").asLong()).isEqualTo(200);
        assertThat(zstd.get("accepted").asLong()).isEqualTo(100);
        assertThat(new NamedSessions("compressed").in(under.log())).hasSize(300);
    }

    @Test
    void saysHowFarACompressedFeedCouldBeRead() throws Exception {
        byte[] plain = new NamedSessions("truncated").lines(5_000).getBytes(UTF_8);
        byte[] zstd = Zstd.compress(plain);
        byte[] gzip = gzip(plain);

        for (HttpResponse<String> answer : List.of(
                feed("gzip", Arrays.copyOf(gzip, gzip.length / 2)),
                feed("zstd", Arrays.copyOf(zstd, zstd.length - 10)),
                feed("gzip", concat(gzip, new byte[] {1, 2, 3, 4})),
                feed("zstd", plain))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            JsonNode summary = JSON.readTree(answer.body());
            assertThat(summary.get("detail").asString())
                    .startsWith("The feed cannot be read on")
                    .doesNotContain("stored wrong");
            assertThat(summary.has("damaged")).isFalse();
            assertThat(summary.get("accepted").asLong())
                    .isEqualTo(summary.get("durable_through").asLong());
        }
    }

    @Test
    void saysThatLinesOfDamagedDataMayHaveBeenStoredWrong() throws Exception {
        byte[] plain = new NamedSessions("damaged").lines(5_000).getBytes(UTF_8);
        byte[] gzip = gzip(plain);
        gzip[gzip.length - 6] ^= 1;
        byte[] zstd;
        try (ZstdCompressCtx context = new ZstdCompressCtx().setChecksum(true)) {
            zstd = context.compress(plain);
        }
        zstd[zstd.length - 1] ^= 1;

        for (HttpResponse<String> answer : List.of(feed("gzip", gzip), feed("zstd", zstd))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            JsonNode summary = JSON.readTree(answer.body());
            assertThat(summary.get("accepted").asLong()).isPositive();
            assertThat(summary.path("damaged").asBoolean()).isTrue();
            assertThat(summary.get("detail").asString())
                    .startsWith("The feed cannot be read on: ")
                    .contains("stored wrong, under ids in id_ranges", "another Idempotency-Key");
        }
    }

    @Test
    void stopsWhatExpandsBeyondAllMeasure() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write((new NamedSessions("bomb").session(1) + "\n").getBytes(UTF_8));
            byte[] nothing = new byte[1024 * 1024];
            for (int i = 0; i < 200; i++) {
                gzip.write(nothing);
            }
        }

        HttpResponse<String> answer = feed("gzip", bomb.toByteArray());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(JSON.readTree(answer.body()).get("durable_through").asLong()).isEqualTo(1);
    }

    private HttpResponse<String> feed(String encoding, byte[] body) throws Exception {
        return under.feed("", body, "Content-Encoding", encoding);
    }
}
