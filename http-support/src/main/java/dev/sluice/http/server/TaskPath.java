package dev.sluice.http.server;

import dev.sluice.contract.topic.ProjectKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A task as a path names it: {@code 1-T6}, or {@code T6} where the project is known from the path. */
final class TaskPath {

    // Of the part after the dash. A note alone may have one of this length, and its task's id is longer by the project.
    private static final int MAX_LENGTH = 64;
    private static final int MAX_PREFIX = "9223372036854775807-".length();
    private static final Pattern FORM = Pattern.compile("(?:([0-9]+)-)?([A-Z]+[0-9]+)");

    private TaskPath() {}

    /** Whether it can be a task's id. */
    static boolean isWellFormed(String segment) {
        return match(segment).isPresent();
    }

    /** The part after the dash, if it is a task's id and the part before the dash, if there is one, names the project. */
    static Optional<String> task(@Nullable String segment, long project) {
        return segment == null
                ? Optional.empty()
                : match(segment).filter(match -> isOf(project, match.group(1))).map(match -> match.group(2));
    }

    private static Optional<MatchResult> match(String segment) {
        if (segment.length() > MAX_PREFIX + MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(segment);
        return matcher.matches() && matcher.group(2).length() <= MAX_LENGTH ? Optional.of(matcher) : Optional.empty();
    }

    private static boolean isOf(long project, @Nullable String prefix) {
        return prefix == null || ProjectKey.parse(prefix).equals(OptionalLong.of(project));
    }
}
