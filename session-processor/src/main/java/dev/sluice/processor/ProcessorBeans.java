package dev.sluice.processor;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.sluice.processor.batch.BatchProcessing;
import dev.sluice.processor.batch.ProcessingMetrics;
import dev.sluice.processor.breaker.Breaker;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.consume.LiveProcessing;
import dev.sluice.processor.consume.OwnPartitions;
import dev.sluice.processor.consume.SubmissionsConsumer;
import dev.sluice.processor.fault.MongoFaults;
import dev.sluice.processor.generation.Generations;
import dev.sluice.processor.generation.LiveGeneration;
import dev.sluice.processor.log.SubmissionsTopic;
import dev.sluice.processor.outcome.AcknowledgedSends;
import dev.sluice.processor.outcome.KafkaDeadLetters;
import dev.sluice.processor.outcome.KafkaOutcomes;
import dev.sluice.processor.progress.OwnProgress;
import dev.sluice.processor.source.MongoSourceLog;
import dev.sluice.processor.source.SourceLogCheck;
import dev.sluice.processor.source.SourceLogNotice;
import dev.sluice.processor.store.MongoConnection;
import dev.sluice.processor.store.StoreDurability;
import dev.sluice.processor.totals.LogMetrics;
import dev.sluice.service.offsets.LogOffsets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;

/**
 * Wires up the processor. Configuration, durability, meters and clock are provided from outside. What is imported is constructed of the other
 * beans.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ReadBeans.class,
    OwnProgress.class,
    ProcessingMetrics.class,
    LogMetrics.class,
    OwnPartitions.class,
    LiveProcessing.class
})
class ProcessorBeans {

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PRODUCER_CLOSE_TIMEOUT = Duration.ofSeconds(1);

    @Bean
    @Primary
    MongoClient mongoClient(ConnectionString store) {
        return MongoConnection.open(store, STORE_TIMEOUT);
    }

    // All that Spring Data MongoDB does here: documents go through MongoDB's driver, as raw BSON.
    @Bean
    MongoDatabase database(MongoClient client, ProcessorConfig config) {
        return new SimpleMongoClientDatabaseFactory(client, config.database()).getMongoDatabase();
    }

    @Bean(initMethod = "start")
    LiveGeneration liveGeneration(MongoDatabase database) {
        return new LiveGeneration(new Generations(database));
    }

    @Bean
    SubmissionsTopic submissionsTopic(ProcessorConfig config) {
        return new SubmissionsTopic(config.topics().submissions(), config.log().ids());
    }

    @Bean
    LogOffsets logOffsets(ProcessorConfig config) {
        return new LogOffsets(
                config.kafka(),
                "sluice-session-processor-offsets",
                config.topics().submissions(),
                config.log().ids());
    }

    @Bean
    DefaultKafkaConsumerFactory<byte[], byte[]> consumers(ProcessorConfig config, MeterRegistry meters) {
        DefaultKafkaConsumerFactory<byte[], byte[]> consumers =
                new DefaultKafkaConsumerFactory<>(KafkaClients.consumer(config));
        consumers.addListener(new MicrometerConsumerListener<>(meters));
        return consumers;
    }

    @Bean
    DefaultKafkaProducerFactory<byte[], byte[]> producers(ProcessorConfig config, MeterRegistry meters) {
        DefaultKafkaProducerFactory<byte[], byte[]> producers =
                new DefaultKafkaProducerFactory<>(KafkaClients.producer(config));
        producers.setPhysicalCloseTimeout((int) PRODUCER_CLOSE_TIMEOUT.toSeconds());
        producers.addListener(new MicrometerProducerListener<>(meters));
        return producers;
    }

    @Bean
    AcknowledgedSends acknowledgedSends(DefaultKafkaProducerFactory<byte[], byte[]> producers) {
        return new AcknowledgedSends(producers, KafkaClients.DELIVERY_TIMEOUT.plusSeconds(5));
    }

    @Bean
    KafkaOutcomes outcomes(AcknowledgedSends sends, ProcessorConfig config) {
        return new KafkaOutcomes(sends, config.topics().outcomes(), config.log().ids());
    }

    @Bean
    KafkaDeadLetters deadLetters(AcknowledgedSends sends, ProcessorConfig config) {
        return new KafkaDeadLetters(sends, config.topics().deadLetters());
    }

    @Bean
    MongoHalts halts(MongoDatabase database, ProcessorConfig config) {
        return new MongoHalts(database, config.log().ids());
    }

    @Bean
    Breaker breaker(ProcessorConfig config, MongoHalts halts, MeterRegistry meters, Clock clock) {
        Breaker breaker = new Breaker(config.breaker(), halts, clock);
        Gauge.builder(
                        "sluice.processor.breaker.open",
                        breaker,
                        one -> one.halts().size())
                .description("Partitions of this processor that a flood of bad records has stopped")
                .register(meters);
        return breaker;
    }

    @Bean
    BatchProcessing batchProcessing(
            StoreDurability durability,
            SubmissionsTopic topic,
            Breaker breaker,
            MongoDatabase database,
            Clock clock,
            ProcessorConfig config) {
        return new BatchProcessing(
                durability,
                topic,
                breaker,
                new MongoFaults(database),
                clock,
                config.capacity().keptBytes());
    }

    @Bean
    SubmissionsConsumer submissionsConsumer(
            DefaultKafkaConsumerFactory<byte[], byte[]> consumers,
            ProcessorConfig config,
            LogOffsets offsets,
            OwnPartitions own,
            LiveProcessing processing) {
        return new SubmissionsConsumer(consumers, offsets, config.capacity(), own, processing);
    }

    @Bean
    MongoSourceLog mongoSourceLog(MongoDatabase database, LiveGeneration live) {
        return new MongoSourceLog(database, live::current);
    }

    // Used, and closed, by one thread of the start's.
    @Bean(destroyMethod = "")
    SourceLogNotice sourceLogNotice(MongoSourceLog store, ProcessorConfig config) {
        return new SourceLogNotice(
                store, config.kafka(), config.topics(), config.log().replicationFactor());
    }

    @Bean
    SourceLogCheck sourceLogCheck(MongoSourceLog store, LogOffsets offsets, ProcessorConfig config) {
        return new SourceLogCheck(
                store, offsets, config.log().ids(), config.log().movedTo());
    }

    @Bean(initMethod = "start")
    ProcessorStartup startup(
            ProcessorConfig config,
            LogOffsets offsets,
            SourceLogCheck sourceLog,
            SourceLogNotice notice,
            LiveGeneration live,
            SubmissionsTopic topic,
            SubmissionsConsumer consumer) {
        return new ProcessorStartup(config, offsets, sourceLog, notice, live, topic, consumer);
    }
}
