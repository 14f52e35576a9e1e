package dev.sluice.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.topic.TopicNames;
import dev.sluice.http.observe.ReadinessCheck;
import dev.sluice.test.TestKafka;
import dev.sluice.test.fault.Interception;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An Error while processing records is handled there; one in the consumer ends it, and it is replaced and reports that meanwhile. */
class ReplacedConsumerIT {

    private static final Deque<Error> ERRORS_OF_CONSUMER = new ConcurrentLinkedDeque<>();

    private final ProcessorUnderTest processor = new ProcessorUnderTest(
            FreshConfig.of(Interception.with(Failing.class, TestKafka.properties()), ReplacedConsumerIT.class, 1));
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    /** Throws the next error when the consumer has polled submissions. */
    public static final class Failing extends Interception {

        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            boolean ofSubmissions = records.partitions().stream()
                    .anyMatch(partition -> partition.topic().endsWith(TopicNames.DEFAULT.submissions()));
            Error error = ofSubmissions ? ERRORS_OF_CONSUMER.poll() : null;
            if (error != null) {
                throw error;
            }
            return records;
        }
    }

    @AfterEach
    void stop() {
        processor.close();
        ERRORS_OF_CONSUMER.clear();
    }

    @Test
    void isReplacedAfterErrorsAndNothingIsLost() {
        ERRORS_OF_CONSUMER.addAll(List.of(new NoClassDefFoundError("some/Missing"), new StackOverflowError()));
        List<Long> ids = submitSome();

        processor.start();

        awaitSaid("the consumer has ended (NoClassDefFoundError) and is started anew");
        awaitAllStored(ids);
        assertThat(ERRORS_OF_CONSUMER).isEmpty();
    }

    @Test
    void isNotNeededAfterErrorsOfProcessing() {
        String first = "a fault of our own (NoClassDefFoundError); trying again";
        Deque<Error> errors = new ConcurrentLinkedDeque<>(
                List.of(new NoClassDefFoundError("some/Missing"), new StackOverflowError()));
        List<Long> ids = submitSome();

        processor.start(() -> {
            Error error = errors.poll();
            if (error instanceof StackOverflowError) {
                // What is said of the first error is passing otherwise.
                await().until(() -> isSaid(first));
            }
            if (error != null) {
                throw error;
            }
        });

        awaitSaid(first);
        awaitAllStored(ids);
        assertThat(errors).isEmpty();
        assertThat(said).noneMatch(detail -> detail.contains("the consumer has ended"));
    }

    private List<Long> submitSome() {
        return List.of(
                processor.submit(1, ProcessorUnderTest.body("one")),
                processor.submit(2, ProcessorUnderTest.body("two")),
                processor.submit(3, ProcessorUnderTest.body("three")));
    }

    private void awaitSaid(String detail) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            processor.notReady().stream().map(ReadinessCheck.State::detail).forEach(said::add);
            return isSaid(detail);
        });
    }

    private boolean isSaid(String detail) {
        return said.stream().anyMatch(one -> one.contains(detail));
    }

    private void awaitAllStored(List<Long> ids) {
        ids.forEach(processor::awaitProgress);
        assertThat(ids).allSatisfy(id -> assertThat(processor.kind(id)).isEqualTo("session"));
        await().until(() -> processor.notReady().isEmpty());
    }
}
