package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestMongo;
import dev.sluice.test.fault.Direction;
import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.fault.KafkaProxies;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SilentKafkaIT {

    @Test
    void isSaidByAProcessorThatHasNothingToDo() {
        try (KafkaProxies kafka =
                KafkaProxies.of(String.valueOf(TestKafka.properties().get("bootstrap.servers")))) {
            Map<String, Object> settings = new HashMap<>(TestKafka.properties());
            settings.put("bootstrap.servers", kafka.bootstrapServers());
            try (ProcessorUnderTest processor =
                    new ProcessorUnderTest(ProcessorConfig.of(settings, TestMongo.freshDatabase(SilentKafkaIT.class))
                            .withTopics(TestKafka.freshTopics(SilentKafkaIT.class))
                            .withPartitions(1))) {
                processor.startAndAwaitReady();

                kafka.all().forEach(proxy -> proxy.pause(Direction.ANSWERS));
                await().atMost(ProcessorUnderTest.PATIENCE)
                        .untilAsserted(() -> assertThat(processor.notReady())
                                .extracting(ReadinessCheck.State::detail)
                                .anyMatch(detail -> detail.contains("asking Kafka")));

                kafka.all().forEach(FaultProxy::restore);
                await().atMost(ProcessorUnderTest.PATIENCE)
                        .until(() -> processor.notReady().isEmpty());
            }
        }
    }
}
