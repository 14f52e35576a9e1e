package dev.sluice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class KafkaReasonTest {

    @Test
    void saysWhyAClientCannotBeMade() {
        KafkaException failure = catchThrowableOfType(
                KafkaException.class,
                () -> Admin.create(Map.<String, Object>of("bootstrap.servers", "nowhere.invalid:9092"))
                        .close());

        assertThat(KafkaReason.of(failure)).contains("bootstrap").isNotEqualTo(failure.getMessage());
    }

    @Test
    void isTheMessageOfWhatHasNoCause() {
        assertThat(KafkaReason.of(new TimeoutException("no answer"))).isEqualTo("no answer");
    }

    @Test
    void namesWhatIsNotOfKafka() {
        assertThat(KafkaReason.of(new ClassCastException())).isEqualTo("java.lang.ClassCastException");
    }
}
