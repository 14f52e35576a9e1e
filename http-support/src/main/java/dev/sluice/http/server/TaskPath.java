package dev.sluice.http.server;

import dev.sluice.contract.submission.TaskIds;
import dev.sluice.contract.topic.ProjectKey;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A task in a path: {@code 1-T6}, or {@code T6} where the project is known from the path. */
final class TaskPath {

    private static final Pattern FORM = Pattern.compile("(?:([0-9]+)-)?([^-]+)");

    private TaskPath() {}

    /** Returns whether a path segment has the form of a task id. */
    static boolean isWellFormed(String segment) {
        return match(segment).isPresent();
    }

    /** The part after the dash, if the segment is a task id whose project, if given, is {@code project}. */
    static Optional<String> task(@Nullable String segment, long project) {
        return segment == null
                ? Optional.empty()
                : match(segment).filter(match -> isOf(project, match.group(1))).map(match -> match.group(2));
    }

    private static Optional<MatchResult> match(String segment) {
        Matcher matcher = FORM.matcher(segment);
        return matcher.matches() && TaskIds.isTask(matcher.group(2)) ? Optional.of(matcher) : Optional.empty();
    }

    private static boolean isOf(long project, @Nullable String prefix) {
        return prefix == null || ProjectKey.parse(prefix).equals(OptionalLong.of(project));
    }
}
