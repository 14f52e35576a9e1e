package dev.sluice.processor;

import dev.sluice.contract.topic.ProjectKey;
import dev.sluice.contract.topic.SubmissionHeaders;
import java.nio.charset.StandardCharsets;

/** Submits notes, within sessions and alone. */
record SubmittedNotes(ProcessorUnderTest processor) {

    long session(long project, String... tasks) {
        StringBuilder notes = new StringBuilder();
        for (String task : tasks) {
            notes.append(notes.isEmpty() ? "" : ",")
                    .append(
                            "{\"findings\":[{\"n\":1},[]],\"behaviour\":\"combine\",\"confidence\":\"low\",\"status\":\"fail\",")
                    .append("\"task\":\"" + project + "-" + task + "\"}");
        }
        return processor.submit(
                project, "{\"analysis_ref\":\"r\",\"analysis_type\":\"fortify\",\"notes\":[" + notes + "]}");
    }

    long note(long project, String task, String fields) {
        return note(project, task, fields, "{}");
    }

    long note(long project, String task, String fields, String findings) {
        return processor.send(
                ProjectKey.of(project),
                ("{" + fields
                                + "\"behaviour\":\"replace\",\"confidence\":\"high\",\"status\":\"pass\",\"findings\":"
                                + findings + "}")
                        .getBytes(StandardCharsets.UTF_8),
                SubmissionHeaders.ofNote("e", "test", task, ProcessorUnderTest.USER, null, null));
    }
}
