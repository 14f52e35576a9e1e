package dev.sluice.http.server;

import dev.sluice.contract.submission.TaskIds;
import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.http.api.ApiResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the resource of a path. Paths are compared as sent, without decoding: no resource needs a percent sign, and a
 * path that has one, or a dot segment, or text where an id belongs, matches nothing.
 */
final class ResourcePaths {

    private record Template(ApiResource resource, List<String> segments) {}

    private final List<Template> templates;

    ResourcePaths(ApiResource... resources) {
        List<Template> all = new ArrayList<>();
        for (ApiResource resource : resources) {
            String path = resource.path();
            all.add(new Template(resource, segments(path.substring(0, path.length() - 1))));
        }
        this.templates = List.copyOf(all);
    }

    /** A resource that matches a path, and the path's parameters as sent. */
    record Match(ApiResource resource, Map<String, String> parameters, boolean endsInSlash) {}

    Optional<Match> match(String rawPath) {
        boolean endsInSlash = rawPath.endsWith("/");
        List<String> segments = segments(endsInSlash ? rawPath.substring(0, rawPath.length() - 1) : rawPath);
        for (Template template : templates) {
            Optional<Map<String, String>> parameters = parameters(template.segments(), segments);
            if (parameters.isPresent()) {
                return Optional.of(new Match(template.resource(), parameters.get(), endsInSlash));
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> parameters(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>(4);
        for (int i = 0; i < template.size(); i++) {
            String expected = template.get(i);
            if (expected.startsWith("{")) {
                String parameter = expected.substring(1, expected.length() - 1);
                if (!isWellFormed(parameter, segments.get(i))) {
                    return Optional.empty();
                }
                parameters.put(parameter, segments.get(i));
            } else if (!expected.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static boolean isWellFormed(String parameter, String segment) {
        return parameter.equals(ApiResource.TASK_ID)
                ? TaskIds.isWellFormed(segment)
                : ProjectKey.parse(segment).isPresent();
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(8);
        int start = 1;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        segments.add(path.substring(Math.min(start, path.length())));
        return segments;
    }
}
