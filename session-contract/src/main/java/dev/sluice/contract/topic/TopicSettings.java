package dev.sluice.contract.topic;

import java.util.List;
import java.util.Map;

/** How each topic is created, as data that creating topics and checking existing ones share. */
public record TopicSettings(String name, int partitions, Map<String, String> configuration) {

    /** The largest record the topics take, in bytes: an 8 MiB body and room for key, headers and batch framing. */
    public static final int MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

    /** The maximum part of a record, in bytes, that key, headers and batch framing take beside the body. */
    public static final int ROOM_FOR_HEADERS = 64 * 1024;

    /** The longest body that always fits into a record, in bytes. */
    public static final int MAX_BODY_BYTES = MAX_MESSAGE_BYTES - ROOM_FOR_HEADERS;

    /** The largest record of the dead letter topic, in bytes: a submission as it came, with the reason and the origin beside it. */
    public static final int MAX_DEAD_LETTER_BYTES = MAX_MESSAGE_BYTES + 1024 * 1024;

    /** The default number of partitions of the submissions topic; fixed once the topic is created. */
    public static final int DEFAULT_PARTITIONS = 12;

    /** The partition that all records of a compacted topic are in, however many partitions it has: elsewhere a later one could be read before them. */
    public static final int COMPACTED_PARTITION = 0;

    // With the clients' times, brokers would refuse a token from a clock that is an hour ahead.
    private static final Map<String, String> COMPACTED = Map.of(
            "cleanup.policy", "compact",
            "min.cleanable.dirty.ratio", "0.1",
            "segment.ms", "3600000",
            "message.timestamp.type", "LogAppendTime");

    public TopicSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic " + name + " cannot have " + partitions + " partitions: expected at least 1");
        }
        configuration = Map.copyOf(configuration);
    }

    /** The six topics; {@code partitions} is the number for submissions, and the others' numbers follow from it. */
    public static List<TopicSettings> all(TopicNames names, int partitions) {
        return List.of(
                submissions(names, partitions),
                new TopicSettings(names.outcomes(), partitions, keptForEver(MAX_MESSAGE_BYTES)),
                new TopicSettings(names.deadLetters(), partitions, keptForEver(MAX_DEAD_LETTER_BYTES)),
                accessTokens(names),
                tokenUses(names),
                installation(names));
    }

    public static TopicSettings submissions(TopicNames names, int partitions) {
        return new TopicSettings(names.submissions(), partitions, keptForEver(MAX_MESSAGE_BYTES));
    }

    public static TopicSettings accessTokens(TopicNames names) {
        return new TopicSettings(names.accessTokens(), 1, COMPACTED);
    }

    /** The topic of the tokens' last uses, which both services write and no service reads. */
    public static TopicSettings tokenUses(TopicNames names) {
        return new TopicSettings(names.tokenUses(), 1, COMPACTED);
    }

    /** The topic of the log that the store is filled from: the processor writes it, and ingest-api reads it. */
    public static TopicSettings installation(TopicNames names) {
        return new TopicSettings(names.installation(), 1, COMPACTED);
    }

    private static Map<String, String> keptForEver(int maxMessageBytes) {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", "-1",
                "retention.bytes", "-1",
                "message.timestamp.type", "LogAppendTime",
                "max.message.bytes", Integer.toString(maxMessageBytes));
    }
}
