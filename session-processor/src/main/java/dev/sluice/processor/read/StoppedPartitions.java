package dev.sluice.processor.read;

import dev.sluice.contract.submission.UtcTime;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.audit.AuditTrail;
import dev.sluice.processor.breaker.Halt;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.read.json.Json;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Which partitions are stopped, and letting them go on. Whichever processor is asked, all of them follow, because they go by the store. Who
 * asked for it is in the audit trail.
 */
public final class StoppedPartitions {

    private static final int OK = 200;

    private final MongoHalts halts;

    public StoppedPartitions(MongoHalts halts) {
        this.halts = halts;
    }

    /** The partitions that are stopped. */
    Answer get(ApiRequest request) {
        return answer("stopped", halts.all());
    }

    /** Lets every partition that is stopped go on; tells which these were. */
    Answer resume(ApiRequest request) {
        // One that is stopped anew meanwhile stays stopped: whoever resumes has not seen that.
        List<Halt> resumed = halts.all().stream().filter(halts::remove).toList();
        for (Halt halt : resumed) {
            AuditTrail.record(
                    request,
                    "resume",
                    "partition " + halt.partition() + " at offset " + halt.offset(),
                    "goes on, stopped since " + halt.since() + " (" + halt.reason() + ")");
        }
        return answer("resumed", resumed);
    }

    private static Answer answer(String name, List<Halt> halts) {
        return Answer.json(OK, Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart(name);
            halts.forEach(halt -> write(halt, json));
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void write(Halt halt, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("partition", halt.partition());
        json.writeNumberProperty("offset", halt.offset());
        json.writeStringProperty("reason", halt.reason());
        json.writeStringProperty("since", UtcTime.format(halt.since()));
        json.writeEndObject();
    }
}
