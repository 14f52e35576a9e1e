package dev.sluice.contract.submission;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The form of a task's id: digits (the project), a dash, and the task itself, which is capital letters and digits, as in {@code 1-T6},
 * {@code 12-PT1} and {@code 3-CT20}.
 */
public final class TaskIds {

    private static final int MAX_TASK_LENGTH = 64;

    private TaskIds() {}

    /** Whether {@code text} is a task without its project, as in {@code T6}. */
    public static boolean isTask(String text) {
        // Any other character has bytes that are neither letters nor digits here.
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return isTask(bytes, 0, bytes.length);
    }

    /** Whether {@code text} is a task's id, with or without its project. */
    public static boolean isWellFormed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return isTask(bytes, 0, bytes.length) || dash(bytes, 0, bytes.length) >= 0;
    }

    /** The task that {@code text} names in a project: {@code T6} for both {@code T6} and, in project 1, {@code 1-T6}. */
    public static Optional<String> task(String text, long project) {
        String prefix = project + "-";
        String task = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        return isTask(task) ? Optional.of(task) : Optional.empty();
    }

    /** The position of the dash in a well-formed id, or -1. */
    static int dash(byte[] text, int offset, int length) {
        int end = offset + length;
        int dash = skipDigits(text, offset, end);
        if (dash == offset || dash == end || text[dash] != '-') {
            return -1;
        }
        return isTask(text, dash + 1, end) ? dash : -1;
    }

    private static boolean isTask(byte[] text, int offset, int end) {
        int digits = offset;
        while (digits < end && text[digits] >= 'A' && text[digits] <= 'Z') {
            digits++;
        }
        return end - offset <= MAX_TASK_LENGTH
                && digits > offset
                && digits < end
                && skipDigits(text, digits, end) == end;
    }

    private static int skipDigits(byte[] text, int from, int end) {
        int position = from;
        while (position < end && text[position] >= '0' && text[position] <= '9') {
            position++;
        }
        return position;
    }
}
