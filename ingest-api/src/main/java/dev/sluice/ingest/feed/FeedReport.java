package dev.sluice.ingest.feed;

import dev.sluice.contract.id.SubmissionId;
import dev.sluice.contract.text.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Collects the results of a feed's lines and writes the answer. Not thread-safe. */
final class FeedReport {

    /** The maximum total size of the errors kept, in bytes; on it depends how much of the heap the answers of all feeds take. */
    static final int MOST_ERROR_BYTES = 128 * 1024;

    private static final int MOST_ERRORS = 1_000;

    private final IdRanges ids = new IdRanges();
    private final List<FeedEntry.Bad> bad = new ArrayList<>();
    private final long fromLine;
    private final boolean keepsErrors;

    private int errorBytes;
    private long settledThrough;
    private long accepted;
    private long rejected;

    /** {@code keepsErrors}: false if each line's result is reported immediately. */
    FeedReport(long fromLine, boolean keepsErrors) {
        this.fromLine = fromLine;
        this.keepsErrors = keepsErrors;
        this.settledThrough = fromLine - 1;
    }

    void accepted(long line, Optional<SubmissionId> id) {
        settledThrough = line;
        accepted++;
        id.ifPresent(ids::add);
    }

    void rejected(long line, byte[] errors) {
        settledThrough = line;
        rejected++;
        boolean keepsAll = bad.size() == rejected - 1;
        if (keepsErrors && keepsAll && bad.size() < MOST_ERRORS && errorBytes + errors.length <= MOST_ERROR_BYTES) {
            bad.add(new FeedEntry.Bad(line, errors));
            errorBytes += errors.length;
        }
    }

    /** Counts the blank lines at the end as settled. */
    void settledThrough(long line) {
        settledThrough = line;
    }

    long settledThrough() {
        return settledThrough;
    }

    long acceptedCount() {
        return accepted;
    }

    long rejectedCount() {
        return rejected;
    }

    byte[] summary(FeedEnd end) {
        return Json.write(generator -> {
            generator.writeStartObject();
            writeSummary(generator, end);
            generator.writeEndObject();
        });
    }

    /** Writes the last line of an answer that reports every line's result. */
    byte[] lastLine(FeedEnd end) {
        return Json.write(generator -> {
            generator.writeStartObject();
            generator.writeObjectPropertyStart("summary");
            generator.writeNumberProperty("status", end.status(rejected));
            writeSummary(generator, end);
            generator.writeEndObject();
            generator.writeEndObject();
            generator.writeRaw('\n');
        });
    }

    private void writeSummary(JsonGenerator generator, FeedEnd end) {
        end.detail().ifPresent(text -> generator.writeStringProperty("detail", text));
        if (end instanceof FeedEnd.Damaged) {
            generator.writeBooleanProperty("damaged", true);
        }
        long settled = settledThrough - fromLine + 1;
        generator.writeNumberProperty("lines", settled);
        generator.writeNumberProperty("accepted", accepted);
        generator.writeNumberProperty("rejected", rejected);
        generator.writeNumberProperty("blank", settled - accepted - rejected);
        generator.writeNumberProperty("durable_through", settledThrough);
        writeIds(generator);
        if (keepsErrors) {
            writeErrors(generator);
        }
    }

    private void writeIds(JsonGenerator generator) {
        generator.writeArrayPropertyStart("id_ranges");
        for (IdRanges.Range range : ids.ranges()) {
            generator.writeStartObject();
            generator.writeNumberProperty("first", range.firstId());
            generator.writeNumberProperty("last", range.lastId());
            generator.writeNumberProperty("count", range.count());
            generator.writeEndObject();
        }
        generator.writeEndArray();
        generator.writeNumberProperty("more_ids", ids.beyond());
    }

    private void writeErrors(JsonGenerator generator) {
        generator.writeArrayPropertyStart("errors");
        for (FeedEntry.Bad line : bad) {
            generator.writeStartObject();
            generator.writeNumberProperty("line", line.line());
            generator.writeName("errors");
            generator.writeRawValue(new String(line.errors(), StandardCharsets.UTF_8));
            generator.writeEndObject();
        }
        generator.writeEndArray();
        generator.writeNumberProperty("more_errors", rejected - bad.size());
    }
}
