package dev.sluice.http.api;

import static dev.sluice.contract.access.Role.ADMINISTRATOR;
import static dev.sluice.contract.access.Role.READER;
import static dev.sluice.contract.access.Role.WRITER;

import dev.sluice.contract.access.Role;
import io.helidon.http.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All resources of the API, with the role that each method requires: the single table that both services use for
 * routing and authorization. A path not listed here does not exist; a resource without a handler in this service
 * belongs to another one.
 */
public enum ApiResource {
    SESSIONS("/api/v2/projects/{project_id}/analysis-sessions/", Map.of(Method.GET, READER, Method.POST, WRITER)),
    SESSION("/api/v2/projects/{project_id}/analysis-sessions/{session_id}/", Map.of(Method.GET, READER)),
    TASKS("/api/v2/projects/{project_id}/tasks/", Map.of(Method.GET, READER)),
    TASK("/api/v2/projects/{project_id}/tasks/{task_id}/", Map.of(Method.GET, READER)),
    NOTES(
            "/api/v2/projects/{project_id}/tasks/{task_id}/analysis-notes/",
            Map.of(Method.GET, READER, Method.POST, WRITER)),
    NOTE("/api/v2/projects/{project_id}/tasks/{task_id}/analysis-notes/{note_id}/", Map.of(Method.GET, READER)),
    SUBMISSIONS("/api/v2/projects/{project_id}/submissions/", Map.of(Method.GET, READER)),
    SUBMISSION("/api/v2/projects/{project_id}/submissions/{submission_id}/", Map.of(Method.GET, READER)),
    RESUBMIT("/api/v2/projects/{project_id}/submissions/{submission_id}/resubmit/", Map.of(Method.POST, ADMINISTRATOR)),
    PROCESSING("/api/v2/processing/", Map.of(Method.GET, READER)),
    RESUME("/api/v2/processing/resume/", Map.of(Method.POST, ADMINISTRATOR)),
    SET_ASIDE("/api/v2/processing/{submission_id}/set-aside/", Map.of(Method.POST, ADMINISTRATOR));

    /** The path parameter for the project. A resource without it spans all projects. */
    public static final String PROJECT_ID = "project_id";

    public static final String SESSION_ID = "session_id";

    public static final String TASK_ID = "task_id";

    public static final String NOTE_ID = "note_id";

    public static final String SUBMISSION_ID = "submission_id";

    private final String path;
    // Created by Map.of, hence immutable; the checker recognizes only Guava's type.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<Method, Role> roles;

    ApiResource(String path, Map<Method, Role> roles) {
        this.path = path;
        this.roles = roles;
    }

    /** The path, with parameters in braces and a trailing slash. */
    public String path() {
        return path;
    }

    /** Other resources require a token for every project. */
    public boolean isOfProject() {
        return path.contains("{" + PROJECT_ID + "}");
    }

    /** The path with the project filled in; other parameters remain in braces. */
    public String pathIn(long project) {
        return path.replace("{" + PROJECT_ID + "}", Long.toString(project));
    }

    /** The resource's methods, without HEAD and OPTIONS, which are derived from them. */
    public Set<Method> methods() {
        return roles.keySet();
    }

    public Optional<Role> roleFor(Method method) {
        return Optional.ofNullable(roles.get(method));
    }
}
