package dev.sluice.benchmarks.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Reports where ingest-api spends its CPU time, as each part's share of the {@code jdk.CPUTimeSample} events in the
 * recording that the argument names. The JVM's own compiler and garbage collector threads are not included.
 */
final class CpuSharesMain {

    private static final String CPU_SAMPLE = "jdk.CPUTimeSample";

    // The order matters: a sample belongs to the first part that has one of its frames.
    private static final List<Part> PARTS = List.of(
            new Part("Kafka's sender thread", "producer.internals.Sender.run"),
            new Part("checking the session", "SubmissionValidator."),
            new Part("compressing, for feeds", "Lz4BlockOutputStream."),
            new Part("handing it to Kafka's producer", "KafkaProducer.send"),
            new Part("waiting for the acknowledgement", "SubmissionSender$Sent.await", "feed.Settlement."),
            new Part("making the record's headers", "SubmissionHeaders."),
            new Part("writing the answer to the socket", "helidon.common.socket.NioSocket.write"),
            new Part("making the answer", "SessionJson.", "server.Responder."),
            new Part("the token", "ApiEntry.authenticate"),
            new Part("reading the body", "server.BodyReader."),
            new Part("reading the socket", "helidon.common.socket.NioSocket.get"),
            new Part("splitting a feed into lines", "feed.FeedLines."),
            new Part("the rest of Sluice", stack -> isOf("dev.sluice.", stack)),
            new Part("the rest of Helidon", stack -> isOf("io.helidon.", stack)),
            new Part("scheduling virtual threads", "java.lang.VirtualThread", "ForkJoin", "sun.nio.ch.Poller"),
            new Part("the rest", ""));

    private record Part(String text, Predicate<String> hasStack) {

        private Part(String text, String... frames) {
            this(text, stack -> Arrays.stream(frames).anyMatch(stack::contains));
        }
    }

    /** Whether a class of these packages is the innermost one of those that call each other: ours calls Helidon, which calls ours. */
    private static boolean isOf(String packages, String stack) {
        return stack.lines()
                .filter(frame -> frame.startsWith("dev.sluice.") || frame.startsWith("io.helidon."))
                .findFirst()
                .filter(innermost -> innermost.startsWith(packages))
                .isPresent();
    }

    private CpuSharesMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<Part, Integer> samples = new LinkedHashMap<>();
        PARTS.forEach(part -> samples.put(part, 0));
        try (RecordingFile recording = new RecordingFile(Path.of(arguments[0]))) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(CPU_SAMPLE) && event.getStackTrace() != null) {
                    String stack = stack(event);
                    PARTS.stream()
                            .filter(part -> part.hasStack().test(stack))
                            .findFirst()
                            .ifPresent(part -> samples.merge(part, 1, Integer::sum));
                }
            }
        }
        double all = samples.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf("| part | of %.0f samples |%n|---|---|%n", all);
        samples.forEach((part, count) -> System.out.printf("| %s | %.1f %% |%n", part.text(), 100 * count / all));
    }

    private static String stack(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName() + "."
                        + frame.getMethod().getName())
                .collect(Collectors.joining("\n"));
    }
}
