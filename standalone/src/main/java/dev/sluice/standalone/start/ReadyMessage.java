package dev.sluice.standalone.start;

import dev.sluice.http.api.ApiResource;
import java.nio.file.Path;

/** What the user needs to know when Sluice is ready: all addresses, and two commands to paste. */
record ReadyMessage(String baseUrl, AdminToken token, String kafka, String mongodb, String store, Path log) {

    private static final String SESSION =
            "{\"analysis_ref\": \"zero.webappsecurity.com\", \"analysis_type\": \"webinspect\", "
                    + "\"notes\": [{\"task\": \"1-T6\", \"behaviour\": \"replace\", \"confidence\": \"high\", \"findings\": {}, "
                    + "\"finding_ref\": \"my_ref\", \"status\": \"pass\"}]}";

    String text() {
        String authorization =
                "-H \"Authorization: Token $(cat " + quoted(token.file().toString()) + ")\"";
        String sessions = baseUrl + ApiResource.SESSIONS.pathIn(1);
        return """
                Sluice is ready at %s

                  token    %s
                  Kafka    %s
                  MongoDB  %s (%s)
                  log      %s
                  API      %s/docs

                Submit a session:
                  curl -i %s -H 'Content-Type: application/json' -d '%s' %s

                Read what is there:
                  curl %s %s

                Ctrl-C stops it.""".formatted(
                        baseUrl,
                        tokenLine(),
                        kafka,
                        withoutPassword(mongodb),
                        store,
                        log,
                        baseUrl,
                        authorization,
                        SESSION,
                        sessions,
                        authorization,
                        sessions);
    }

    private String tokenLine() {
        return token.isValid()
                ? token.file() + " (administrator)"
                : token.file()
                        + ": NOT VALID HERE, revoked or of another Kafka; delete the file and start again for a new one";
    }

    static String withoutPassword(String uri) {
        return uri.replaceFirst("//([^:@/]*):[^@/]*@", "//$1:***@");
    }

    // For use inside double quotes and $( ), where single quotes are special again.
    private static String quoted(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }
}
