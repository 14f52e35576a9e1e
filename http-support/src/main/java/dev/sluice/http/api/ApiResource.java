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
 * Everything the API has, with the role that each method needs: the one table that both services route and authorize by. What is not in
 * it does not exist; what a service has no handler for is another service's.
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
    RESUME("/api/v2/processing/resume/", Map.of(Method.POST, ADMINISTRATOR));

    /** The path parameter that names the project. A resource whose path does not have it is all projects'. */
    public static final String PROJECT_ID = "project_id";

    /** The path parameter that names a session. */
    public static final String SESSION_ID = "session_id";

    /** The path parameter that names a task, with or without its project. */
    public static final String TASK_ID = "task_id";

    /** The path parameter that names a note. */
    public static final String NOTE_ID = "note_id";

    /** The path parameter that names a submission. */
    public static final String SUBMISSION_ID = "submission_id";

    private final String path;
    // Made by Map.of, which cannot be changed; the checker knows only Guava's type for that.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<Method, Role> roles;

    ApiResource(String path, Map<Method, Role> roles) {
        this.path = path;
        this.roles = roles;
    }

    /** The path, with parameters in braces and a slash at the end. */
    public String path() {
        return path;
    }

    /** Whether it is a project's. What is not is for those whose token opens every project. */
    public boolean isOfProject() {
        return path.contains("{" + PROJECT_ID + "}");
    }

    /** The path in a project; what other parameters it has are still in braces. */
    public String pathIn(long project) {
        return path.replace("{" + PROJECT_ID + "}", Long.toString(project));
    }

    /** The methods it has, without HEAD and OPTIONS, which follow from the others. */
    public Set<Method> methods() {
        return roles.keySet();
    }

    /** The role that a method needs, if the resource has that method. */
    public Optional<Role> roleFor(Method method) {
        return Optional.ofNullable(roles.get(method));
    }
}
