package dev.sluice.standalone.feed;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Some lines of a feed that are sent in one request, and held until it is known what became of each: so that they can be sent again.
 *
 * @param firstLine the number of the first
 * @param lines without their ends
 */
record Segment(long firstLine, List<byte[]> lines) {

    Segment {
        lines = List.copyOf(lines);
    }

    long lastLine() {
        return firstLine + lines.size() - 1;
    }

    byte[] line(long number) {
        return lines.get(Math.toIntExact(number - firstLine));
    }

    /** The part from a line on. */
    Segment from(long line) {
        return new Segment(line, lines.subList(Math.toIntExact(line - firstLine), lines.size()));
    }

    /** The first lines. */
    Segment atMost(int count) {
        return new Segment(firstLine, lines.subList(0, Math.min(count, lines.size())));
    }

    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream(
                lines.stream().mapToInt(line -> line.length + 1).sum());
        for (byte[] line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        return body.toByteArray();
    }
}
