package dev.sluice.processor.read;

import com.mongodb.MongoException;
import dev.sluice.contract.submission.UtcTime;
import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import dev.sluice.http.api.AuditTrail;
import dev.sluice.processor.breaker.Halt;
import dev.sluice.processor.breaker.MongoHalts;
import dev.sluice.processor.fault.Fault;
import dev.sluice.processor.fault.MongoFaults;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Lists stopped partitions and resumes them, and lists the records that our own code fails on and that can be set
 * aside. Any processor can be asked: all of them follow,
 * because both are in the store. The audit trail records who asked.
 */
public record ProcessingResource(MongoHalts halts, MongoFaults faults, WaitingRecords waiting) {

    Answer get(ApiRequest request) {
        return Answer.ok(Json.write(json -> {
            json.writeStartObject();
            write("stopped", halts.all(), json);
            json.writeArrayPropertyStart("unprocessable");
            faults.open(waiting.now()).forEach(fault -> write(fault, json));
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    /** Resumes all stopped partitions and answers with those. */
    Answer resume(ApiRequest request) {
        List<Halt> resumed = new ArrayList<>();
        for (Halt halt : halts.all()) {
            // A partition that stops again meanwhile stays stopped, because the caller has not seen that halt.
            if (isResumed(request, halt)) {
                resumed.add(halt);
            }
        }
        return Answer.ok(Json.write(json -> {
            json.writeStartObject();
            write("resumed", resumed, json);
            json.writeEndObject();
        }));
    }

    private boolean isResumed(ApiRequest request, Halt halt) {
        try {
            boolean isResumed = halts.remove(halt);
            if (isResumed) {
                record(request, halt, "goes on");
            }
            return isResumed;
        } catch (MongoException e) {
            // The halt may be gone all the same, and then no later request will find it.
            record(request, halt, "unknown, because the store did not confirm it");
            throw e;
        }
    }

    private static void record(ApiRequest request, Halt halt, String result) {
        AuditTrail.record(
                request,
                "resume",
                "partition " + halt.partition() + " at offset " + halt.offset(),
                result + ", stopped since " + halt.since() + " (" + halt.reason() + ")");
    }

    private static void write(String name, List<Halt> halts, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        halts.forEach(halt -> write(halt, json));
        json.writeEndArray();
    }

    private static void write(Halt halt, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("partition", halt.partition());
        json.writeNumberProperty("offset", halt.offset());
        json.writeStringProperty("reason", halt.reason());
        json.writeStringProperty("since", UtcTime.format(halt.since()));
        json.writeEndObject();
    }

    private static void write(Fault fault, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("id", fault.id().value());
        json.writeStringProperty("fault", fault.fault());
        json.writeStringProperty("since", UtcTime.format(fault.since()));
        json.writeEndObject();
    }
}
