package dev.sluice.http.audit;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.http.api.ApiRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** A line in the log for each deed of an administrator: who did or asked for what, on what, in which request, and what came of it. */
public final class AuditTrail {

    /** The name of the logger, by which the trail can be kept apart from other logs. */
    public static final String LOG_NAME = "dev.sluice.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOG_NAME);

    private AuditTrail() {}

    /** A deed that was asked for over HTTP, once it is known what came of it. */
    public static void record(ApiRequest request, String deed, String object, String result) {
        record(request.caller(), request.requestId(), deed, object, result);
    }

    /** A deed that somebody asked for over HTTP, whether it came to be one or was refused. */
    public static void record(AccessToken caller, String requestId, String deed, String object, String result) {
        line(deed, object, result)
                .addKeyValue("user", caller.user().id())
                .addKeyValue("token", caller.id())
                .addKeyValue("request", requestId)
                .log(
                        "{} of {} by user {} with token {} in request {}: {}",
                        deed,
                        object,
                        caller.user().id(),
                        caller.id(),
                        requestId,
                        result);
    }

    /** A deed that was done elsewhere, and shows here. */
    public static void record(String deed, String object, String by, String result) {
        line(deed, object, result).addKeyValue("by", by).log("{} of {} by {}: {}", deed, object, by, result);
    }

    private static LoggingEventBuilder line(String deed, String object, String result) {
        return LOG.atInfo()
                .addKeyValue("deed", deed)
                .addKeyValue("object", object)
                .addKeyValue("result", result);
    }
}
