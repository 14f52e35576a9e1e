package dev.sluice.processor.task;

import java.util.Comparator;

/**
 * Up to a hundred tasks of a project that share a document, because most sessions have notes about several: tasks with the same letters and the
 * same digits except the last two. Groups, and their ids as texts, are ordered like the tasks' numbers.
 *
 * @param id {@code 1-T.00} for T0 to T99 of project 1, {@code 1-T.011} for T100 to T199, {@code 1-T.0212} for T1200 to T1299: after
 *     the letters and a dot, the number of digits that follow, as two digits, and then these digits
 */
public record TaskGroup(String id) {

    /** Orders task ids without the project by their letters, then by their numbers. */
    public static final Comparator<String> ORDER = Comparator.comparing(TaskGroup::letters)
            .thenComparing(String::length)
            .thenComparing(Comparator.naturalOrder());

    private static final int DIGITS_WITHIN = 2;

    /** The group of a task; {@code task} is its id without the project, letters and then digits. */
    public static TaskGroup of(long project, String task) {
        int letters = letters(task).length();
        String digits = task.substring(letters, Math.max(letters, task.length() - DIGITS_WITHIN));
        String length = digits.length() < 10 ? "0" + digits.length() : Integer.toString(digits.length());
        return new TaskGroup(project + "-" + task.substring(0, letters) + "." + length + digits);
    }

    /** The common prefix of the ids of a project's groups. */
    public static String before(long project) {
        return project + "-";
    }

    /** A text just after all ids of a project's groups: a dot sorts directly after a dash. */
    public static String after(long project) {
        return project + ".";
    }

    private static String letters(String task) {
        int end = 0;
        while (end < task.length() && !isDigit(task.charAt(end))) {
            end++;
        }
        return task.substring(0, end);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
