package dev.sluice.http.server;

import dev.sluice.http.api.Answer;
import dev.sluice.http.docs.Documentation;
import dev.sluice.http.docs.DocumentationFile;
import dev.sluice.http.server.Responder.Ending;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Hands out the documentation, to so many at a time that slow readers of its largest file cannot fill the memory. */
final class DocumentationEntry {

    // Helidon copies what it sends: each of them may hold 3 MB.
    private static final int MAX_REQUESTS = 16;

    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final Documentation documentation;
    private final Responder responder;

    DocumentationEntry(Documentation documentation, Responder responder) {
        this.documentation = documentation;
        this.responder = responder;
    }

    /** Answers a request for one of the documentation's files; false, and nothing done, if it is for none of them. */
    boolean handles(ServerRequest request, ServerResponse response, String requestId, String path) {
        Optional<DocumentationFile> file = documentation.file(path);
        if (file.isEmpty()) {
            return false;
        }
        responder.end(send(request, response, requestId, file.get()));
        return true;
    }

    private Ending send(ServerRequest request, ServerResponse response, String requestId, DocumentationFile file) {
        if (!requests.tryAcquire()) {
            Answer busy = Problems.unavailable("Too many requests at the moment. Try again shortly.")
                    .answer();
            return responder.send(request, response, requestId, busy);
        }
        try {
            Answer answer = file.answer(request.prologue().method(), request.headers());
            return responder.send(request, response, requestId, answer);
        } finally {
            requests.release();
        }
    }
}
