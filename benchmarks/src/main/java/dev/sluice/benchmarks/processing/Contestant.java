package dev.sluice.benchmarks.processing;

/** The systems that store the log's sessions, in the order in which they run. */
enum Contestant {
    SLUICE("session-processor"),
    /** Needs the documents that the first contestant has stored. */
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
