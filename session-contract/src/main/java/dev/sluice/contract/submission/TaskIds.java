package dev.sluice.contract.submission;

/** The form of a task's id: digits (the project), a dash, capital letters, digits, as in {@code 1-T6}, {@code 12-PT1} and {@code 3-CT20}. */
final class TaskIds {

    private static final int MAX_LENGTH = 64;

    private TaskIds() {}

    /** The position of the dash in a well-formed id, or -1. */
    static int dash(byte[] text, int offset, int length) {
        int end = offset + length;
        int dash = skipDigits(text, offset, end);
        if (length > MAX_LENGTH || dash == offset || dash == end || text[dash] != '-') {
            return -1;
        }
        int letters = dash + 1;
        int digits = letters;
        while (digits < end && text[digits] >= 'A' && text[digits] <= 'Z') {
            digits++;
        }
        boolean wellFormed = digits > letters && digits < end && skipDigits(text, digits, end) == end;
        return wellFormed ? dash : -1;
    }

    private static int skipDigits(byte[] text, int from, int end) {
        int position = from;
        while (position < end && text[position] >= '0' && text[position] <= '9') {
            position++;
        }
        return position;
    }
}
