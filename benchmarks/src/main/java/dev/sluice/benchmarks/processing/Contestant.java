package dev.sluice.benchmarks.processing;

/** Who takes the log's sessions to the store; in the order in which they do. */
enum Contestant {
    SLUICE("session-processor"),
    /** Needs what the first one has stored. */
    BULK_INSERTS("driver's unordered bulk inserts"),
    LISTENER("@KafkaListener, an insert each"),
    CONNECT("Kafka Connect's sink as it comes"),
    TUNED_CONNECT("Kafka Connect's sink, tuned");

    private final String description;

    Contestant(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }
}
