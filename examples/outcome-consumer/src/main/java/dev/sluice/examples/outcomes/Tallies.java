package dev.sluice.examples.outcomes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Per project how many submissions came to which state and how many notes have which status, and which outcomes are in that. */
final class Tallies {

    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    private final ObjectNode root;

    private Tallies(ObjectNode root) {
        this.root = root;
    }

    /** Those of a file; nothing yet if it is not there. */
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

    /** The first offset of a partition that has not been taken. */
    long next(int partition) {
        return root.at("/next/" + partition).asLong(0);
    }

    JsonNode byProject() {
        return root.path("projects");
    }

    /** Counts an outcome, unless it has been counted, and says that the record has been taken. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        root.withObject("/next").put(Integer.toString(record.partition()), record.offset() + 1);
        Header header = record.headers().lastHeader("ce_id");
        if (header == null || record.value() == null || record.key() == null) {
            // Not one of Sluice's, or about a record whose key names no project: no project's count.
            return;
        }
        Matcher id = ID.matcher(new String(header.value(), StandardCharsets.UTF_8));
        // Every producer of CloudEvents writes a ce_id, and not everyone's has this form.
        if (id.matches() && isFirst(record.partition(), id.group(1), Long.parseLong(id.group(2)))) {
            count(JsonMapper.shared().readTree(record.value()));
        }
    }

    /**
     * A ce_id is the partition of the submission and its offset there. Outcomes of one partition come in its order within a partition of this
     * topic, repeats aside, and those that come after later ones. So for each such pair the highest offset, and what is missing below it, say of
     * all of them whether they have been counted.
     */
    private boolean isFirst(int partition, String submissionPartition, long offset) {
        ObjectNode counted = root.withObject("/counted");
        String pair = partition + " " + submissionPartition;
        Counted before = new Counted(counted.path(pair));
        if (!before.add(offset)) {
            return false;
        }
        counted.set(pair, before.json());
        return true;
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

    /** Replaces the file as a whole: after a crash there is the old one or the new one. */
    void save(Path file) throws IOException {
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
