package dev.sluice.examples.outcomes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The number of submissions per project and state, the number of notes per project and status, and the outcomes that these counts include. */
final class Tallies {

    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    private final ObjectNode root;
    private final Map<String, Counted> counted = new HashMap<>();

    private Tallies(ObjectNode root) {
        this.root = root;
    }

    /** Loads the tallies from a file; empty if it does not exist. */
    static Tallies load(Path file) throws IOException {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        if (Files.exists(file)) {
            root = (ObjectNode) JsonMapper.shared().readTree(Files.readString(file));
        }
        root.withObject("/next");
        root.withObject("/counted");
        root.withObject("/projects");
        return new Tallies(root);
    }

    /** The first offset of a partition that has not been consumed. */
    long next(int partition) {
        return root.at("/next/" + partition).asLong(0);
    }

    JsonNode byProject() {
        return root.path("projects");
    }

    /** Counts an outcome unless it has been counted already, and moves the position past the record. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        root.withObject("/next").put(Integer.toString(record.partition()), record.offset() + 1);
        Header header = record.headers().lastHeader("ce_id");
        if (header == null || record.value() == null || record.key() == null) {
            // Not written by Sluice, or about a record whose key names no project, so it counts for no project.
            return;
        }
        Matcher id = ID.matcher(new String(header.value(), StandardCharsets.UTF_8));
        // Every CloudEvents producer writes a ce_id, but only Sluice's has this form.
        if (id.matches() && isFirst(record.partition(), id.group(1), Long.parseLong(id.group(2)))) {
            count(JsonMapper.shared().readTree(record.value()));
        }
    }

    /**
     * A ce_id is the partition and offset of the submission, the offset plus SLUICE_IDS_BASE / 256. Within a partition of
     * this topic, the outcomes of one submission partition arrive in order, except for repeats and outcomes that come after
     * later ones. So for each pair of partitions the highest offset and the missing ones below it tell which outcomes have
     * been counted, as long as this topic keeps its number of partitions.
     */
    private boolean isFirst(int partition, String submissionPartition, long offset) {
        String pair = partition + " " + submissionPartition;
        return counted.computeIfAbsent(
                        pair, name -> new Counted(root.path("counted").path(name)))
                .add(offset);
    }

    private void count(JsonNode outcome) {
        ObjectNode project = root.withObject("/projects/" + outcome.path("project"));
        add(project, outcome.path("state").asString(), 1);
        outcome.path("notes")
                .propertyStream()
                .forEach(status -> add(
                        project, "notes " + status.getKey(), status.getValue().asLong(0)));
    }

    private static void add(ObjectNode counts, String name, long more) {
        counts.put(name, counts.path(name).asLong(0) + more);
    }

    /** Replaces the file atomically: after a crash it is either the old one or the new one. */
    void save(Path file) throws IOException {
        counted.forEach((pair, offsets) -> root.withObject("/counted").set(pair, offsets.json()));
        Path whole = file.toAbsolutePath();
        Path fresh = whole.resolveSibling(whole.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(root.toString().getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE);
    }
}
