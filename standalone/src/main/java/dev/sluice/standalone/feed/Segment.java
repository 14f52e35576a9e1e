package dev.sluice.standalone.feed;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Lines of a feed that are sent in one request, and kept until the outcome of each is known, so that they can be sent
 * again.
 *
 * @param firstLine the number of the first line
 * @param lines the lines, without line endings
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

    Segment from(long line) {
        return new Segment(line, lines.subList(Math.toIntExact(line - firstLine), lines.size()));
    }

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
