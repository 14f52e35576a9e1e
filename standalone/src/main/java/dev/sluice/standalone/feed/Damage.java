package dev.sluice.standalone.feed;

/**
 * Lines whose compressed data were damaged on their way to the server, which had stored some of them by then.
 *
 * @param firstLine the first line of the segment
 * @param lastLine its last line
 * @param ids the ids under which sessions were stored, for people
 */
record Damage(long firstLine, long lastLine, String ids) {

    static final String UNKNOWN_IDS = "ids that are not known";

    /** @param answer the server's answer to the segment */
    static Damage of(Segment segment, SegmentAnswer answer) {
        return new Damage(segment.firstLine(), segment.lastLine(), ids(answer));
    }

    private static String ids(SegmentAnswer answer) {
        if (answer.ids().isEmpty()) {
            return UNKNOWN_IDS;
        }
        long first = answer.ids().getFirst().first();
        return answer.moreIds() == 0 ? "ids " + first + " to " + answer.lastId() : "ids from " + first + " on";
    }

    /** What may be wrong, and what to do. The damage may have moved lines, so none of them is known to be right, and no key of theirs to be free. */
    String text(String key) {
        return "lines " + firstLine + " to " + lastLine + " may be stored wrong, under " + ids
                + ", or not at all; compare them with the file, and feed those that are wrong or missing from a file of their own."
                + " Under the key " + key + " they are never stored. --restart --from-line " + (lastLine + 1)
                + " without --key feeds the rest under another one";
    }
}
