package dev.sluice.http.api;

import dev.sluice.contract.access.AccessToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line for each administrator's action: who performed or requested it, on what, in which request, and with
 * what result.
 */
public final class AuditTrail {

    public static final String LOG_NAME = "dev.sluice.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOG_NAME);

    private AuditTrail() {}

    /** Records an action requested over HTTP, once its result is known. */
    public static void record(ApiRequest request, String deed, String object, String result) {
        AccessToken caller = request.caller();
        String requestId = request.requestId();
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

    /** Records an action performed elsewhere and observed here. */
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
