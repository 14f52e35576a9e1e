package dev.sluice.test.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.SecretHash;
import dev.sluice.contract.access.User;
import dev.sluice.contract.access.UserJson;
import dev.sluice.contract.submission.DocumentSize;
import dev.sluice.contract.submission.SubmissionValidator;
import dev.sluice.contract.submission.Validation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of submitted values agree with the code that reads them, wherever a schema can express it. */
class SubmittedValuesTest {

    private static final TopicSchema SESSION = TopicSchema.current("analysis-session");
    private static final TopicSchema NOTE = TopicSchema.current("analysis-note");
    private static final TopicSchema USER = TopicSchema.current("user");
    private static final TopicSchema TOKEN = TopicSchema.current("access-token");
    private static final String NOTE_FIELDS =
            "'behaviour':'replace-scanner','confidence':'low','findings':[1],'status':'none'";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'analysis_ref':'r','analysis_type':'appscan'}",
                "{'analysis_ref':'r','analysis_type':'appscan_enterprise','notes':[],'extra':{'a':[1,null]},'unknown':1}",
                "{'analysis_ref':'r','analysis_type':'whitehat','notes':[{'task':'1-CT20'," + NOTE_FIELDS + "}]}",
                "{'analysis_ref':'r','analysis_type':'whitehat','notes':[{'task':'1-T1','automatic':true,'finding_ref':null,"
                        + "'task_status_mapping':{'pass':'DONE','partial':'TODO','fail':'TODO'}," + NOTE_FIELDS + "}]}",
            })
    void takesTheSameSessions(String body) {
        assertThat(isValidSession(json(body))).isTrue();
        assertThat(SESSION.faults(json(body))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'analysis_ref':'r'}",
                "{'analysis_ref':' ','analysis_type':'appscan'}",
                "{'analysis_ref':1,'analysis_type':'appscan'}",
                "{'analysis_ref':'r','analysis_type':'manual'}",
                "{'analysis_ref':'r','analysis_type':'appscan','notes':null}",
                "{'analysis_ref':'r','analysis_type':'appscan','extra':[]}",
                "{'analysis_ref':'r','analysis_type':'appscan','notes':[1]}",
                "{'analysis_ref':'r','analysis_type':'appscan','notes':[{" + NOTE_FIELDS + "}]}",
                "{'analysis_ref':'r','analysis_type':'appscan','notes':[{'task':'T6'," + NOTE_FIELDS + "}]}",
                "{'analysis_ref':'r','analysis_type':'appscan','notes':[{'task':'1-T6','automatic':null," + NOTE_FIELDS
                        + "}]}",
                "{'analysis_ref':'r','analysis_type':'appscan','notes':[{'task':'1-T6','task_status_mapping':"
                        + "{'fail':'DONE'}," + NOTE_FIELDS + "}]}",
            })
    void refusesTheSameSessions(String body) {
        assertThat(isValidSession(json(body))).isFalse();
        assertThat(SESSION.faults(json(body))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + NOTE_FIELDS + "}",
                "{" + NOTE_FIELDS + ",'analysis_session':null}",
                "{" + NOTE_FIELDS + ",'analysis_session':300,'task':7}",
            })
    void takesTheSameNotes(String body) {
        assertThat(isValidNote(json(body))).isTrue();
        assertThat(NOTE.faults(json(body))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{" + NOTE_FIELDS + ",'analysis_session':'300'}",
                "{" + NOTE_FIELDS + ",'automatic':0}",
                "{'behaviour':'clear','confidence':'low','findings':[1],'status':'none'}",
                "{'behaviour':'replace','confidence':'some','findings':[1],'status':'none'}",
                "{'behaviour':'replace','confidence':'low','findings':'x','status':'none'}",
                "{'behaviour':'replace','confidence':'low','findings':{},'status':'good'}",
            })
    void refusesTheSameNotes(String body) {
        assertThat(isValidNote(json(body))).isFalse();
        assertThat(NOTE.faults(json(body))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':1}", "{'id':9223372036854775807,'email':'a@b.c','first_name':'','x':1}"})
    void takesTheSameUsers(String user) {
        assertThat(UserJson.read(json(user))).isPresent();
        assertThat(USER.faults(json(user))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "[]", "{}", "{'id':0}", "{'id':'1'}", "{'id':1.5}", "{'id':9223372036854775808}"})
    void refusesTheSameUsers(String user) {
        assertThat(UserJson.read(json(user))).isEmpty();
        assertThat(USER.faults(json(user))).isNotEmpty();
    }

    @Test
    void describesTheTokensThatAreWritten() {
        User user = new User(7, "bob@example.com", "Bob", "Smith");
        SecretHash hash = SecretHash.ofSecret("secret");
        Instant created = Instant.parse("2026-11-23T10:00:00Z");

        TOKEN.assertConforms(AccessTokenJson.write(
                new AccessToken("id", hash, user, new Projects.All(), Role.of("writer"), created, null)));
        TOKEN.assertConforms(AccessTokenJson.write(new AccessToken(
                "id", hash, user, new Projects.Named(Set.of(1L, 2L)), Role.of("reader"), created, created)));
    }

    private static boolean isValidSession(String body) {
        return new SubmissionValidator().validateSession(bytes(body), 1, new DocumentSize())
                instanceof Validation.Valid;
    }

    private static boolean isValidNote(String body) {
        return new SubmissionValidator().validateNote(bytes(body), 1, new DocumentSize()) instanceof Validation.Valid;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }
}
