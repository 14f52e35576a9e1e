package dev.sluice.processor.batch;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionForm;
import dev.sluice.processor.topic.SubmissionsTopic;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The requirements, outside the JSON, that make a record a submission. */
final class RecordForm {

    private final SubmissionsTopic topic;

    RecordForm(SubmissionsTopic topic) {
        this.topic = topic;
    }

    /** Reads key and headers. A record outside its project's partition belongs to no project, since folds and counts rely on one order. */
    Envelope envelope(ConsumerRecord<byte[], byte[]> source) {
        OptionalLong named = ProjectKey.parse(source.key());
        return new Envelope(
                named.isPresent() && partitionOf(named.getAsLong()) == source.partition()
                        ? named
                        : OptionalLong.empty(),
                SubmissionForm.of(source.headers()));
    }

    /** Why the record cannot be read as a submission; empty if it can. */
    Optional<String> fault(ConsumerRecord<byte[], byte[]> source, Envelope envelope) {
        return faultOfPlace(source, envelope).or(() -> envelope.form().fault(source.value(), source.headers()));
    }

    private Optional<String> faultOfPlace(ConsumerRecord<byte[], byte[]> source, Envelope envelope) {
        if (envelope.project().isPresent()) {
            return Optional.empty();
        }
        OptionalLong named = ProjectKey.parse(source.key());
        return Optional.of(
                named.isEmpty()
                        ? "The record's key is not a project's id: expected a positive decimal number."
                        : "The record is in partition " + source.partition() + ": expected "
                                + partitionOf(named.getAsLong()) + ", where Java's clients put the key "
                                + named.getAsLong() + " (murmur2). With a client made on librdkafka, set"
                                + " partitioner=murmur2_random.");
    }

    private int partitionOf(long project) {
        return topic.partitionOf(project)
                .orElseThrow(() ->
                        new IllegalStateException("records are read before it is known how many partitions there are"));
    }
}
