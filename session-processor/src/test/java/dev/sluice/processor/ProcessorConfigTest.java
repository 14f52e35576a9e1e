package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.http.settings.Environment;
import dev.sluice.http.settings.SettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorConfigTest {

    @ParameterizedTest
    @CsvSource({
        "user:s3cret@host/sluice, ...@host/sluice",
        "mongodb:user:s3cret@host/sluice, ...@host/sluice",
        "mongo://user:s3cret@host/sluice, ...@host/sluice",
        "mongodb+srv:/user:s3cret@host/sluice, ...@host/sluice",
        "mongodb://user:s3cret/s3cret@s3cret@host/sluice, mongodb://...@host/sluice"
    })
    void saysWhatIsWrongWithAConnectionStringWithoutItsPassword(String given, String shown) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> ProcessorConfig.of(new Environment(Map.of("SLUICE_MONGODB", given))))
                .withMessageStartingWith("SLUICE_MONGODB is \"" + shown + "\": expected a MongoDB connection string");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ProcessorConfig.of(Map.of("bootstrap.servers", "host:9092"), given))
                .withMessageNotContaining("s3cret");
    }

    @Test
    void addsTheDatabaseThatEveryCommandAdds() {
        assertThat(ProcessorConfig.of(new Environment(Map.of("SLUICE_MONGODB", "mongodb://u:p@h")))
                        .mongodb())
                .isEqualTo("mongodb://u:p@h/sluice?authSource=admin");
    }

    /** Whether DNS knows the name matters when connecting, not when settings are checked. */
    @Test
    void asksNobodyAboutAConnectionStringOfDns() {
        ProcessorConfig config = ProcessorConfig.of(
                Map.of("bootstrap.servers", "host:9092"), "mongodb+srv://cluster.example.invalid/sluice");

        assertThat(config.database()).isEqualTo("sluice");
    }

    @Test
    void showsNoPasswords() {
        ProcessorConfig config = ProcessorConfig.of(
                Map.of("bootstrap.servers", "host:9092", "sasl.jaas.config", "s3cret"),
                "mongodb://user:s3cret@host/sluice");

        assertThat(config.toString()).contains("mongodb://...@host/sluice").doesNotContain("s3cret");
    }
}
