package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.contract.id.IdBase;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.service.settings.Environment;
import dev.sluice.service.settings.SettingException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorConfigTest {

    private static final ProcessorConfig WITH_PASSWORDS = ProcessorConfig.of(
            Map.of("bootstrap.servers", "host:9092", "sasl.jaas.config", "s3cret"),
            "mongodb://user:s3cret@host/sluice?proxyHost=proxy&proxyUsername=user&proxyPassword=s3cret");

    @ParameterizedTest
    @CsvSource({
        "user:s3cret@host/sluice, ...@host/sluice",
        "mongodb:user:s3cret@host/sluice, ...@host/sluice",
        "mongo://user:s3cret@host/sluice, ...@host/sluice",
        "mongodb+srv:/user:s3cret@host/sluice, ...@host/sluice",
        "mongodb://user:s3cret/s3cret@s3cret@host/sluice, mongodb://...@host/sluice",
        "mongo://user:s3cret@host/sluice?proxyPassword=s3cret, ...@host/sluice?...",
        "mongo://host/sluice?proxyPassword=s3cret, mongo://host/sluice?...",
        "mongodb://user:s3cret?s3cret@s3cret, mongodb://..."
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
        assertThat(WITH_PASSWORDS.toString())
                .contains("kafka=host:9092", "mongodb=mongodb://...@host/sluice?...")
                .doesNotContain("s3cret");
    }

    @Test
    void showsEverythingElse() {
        assertThat(ProcessorConfig.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .allSatisfy(name -> assertThat(WITH_PASSWORDS.toString()).containsPattern("[\\[ ]" + name + "="));
    }

    @Test
    void readsTheLogFromTheEnvironment() {
        Map<String, String> variables = Map.of(
                "SLUICE_TOPIC_PREFIX", "one.",
                "SLUICE_PARTITIONS", "3",
                "SLUICE_REPLICATION_FACTOR", "2",
                "SLUICE_IDS_BASE", "512",
                "SLUICE_LOG_MOVED_TO", "another");

        assertThat(ProcessorConfig.of(new Environment(variables)).log())
                .isEqualTo(new LogConfig(new TopicNames("one."), 3, (short) 2, new IdBase(512), "another"));
    }
}
