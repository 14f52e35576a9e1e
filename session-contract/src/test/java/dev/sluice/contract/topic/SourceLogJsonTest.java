package dev.sluice.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.contract.id.IdBase;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLogJsonTest {

    @Test
    void readsWhatItWroteAndWhatALaterVersionMayAdd() {
        SourceLog log = new SourceLog("rDUgV5B_SyiFc3HfvKlPCw", 12, new IdBase(536_870_912));

        String written = new String(SourceLogJson.write(log), StandardCharsets.UTF_8);

        assertThat(written)
                .isEqualTo("{\"topic\":\"rDUgV5B_SyiFc3HfvKlPCw\",\"partitions\":12,\"ids_base\":536870912}");
        assertThat(read(written)).isEqualTo(log);
        assertThat(read(written.replaceFirst("[{]", "{\"more\":[],"))).isEqualTo(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "\u0000",
                "[]",
                "{}",
                "{\"topic\":1,\"partitions\":12,\"ids_base\":0}",
                "{\"topic\":\"a\",\"partitions\":12}",
                "{\"topic\":\"a\",\"partitions\":\"12\",\"ids_base\":0}",
                "{\"topic\":\"a\",\"partitions\":12.5,\"ids_base\":0}",
                "{\"topic\":\"a\",\"partitions\":12,\"ids_base\":0.5}",
                "{\"topic\":\"a\",\"partitions\":12,\"ids_base\":1}",
                "{\"topic\":\"a\",\"partitions\":12,\"ids_base\":92233720368547758080}",
            })
    void refusesAnythingElse(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(value));
    }

    private static SourceLog read(String value) {
        return SourceLogJson.read(value.getBytes(StandardCharsets.UTF_8));
    }
}
