package dev.sluice.standalone.feed;

import java.io.IOException;

/** An input that begins as a JSON array does not go on as one. */
final class MalformedArrayException extends IOException {

    MalformedArrayException(String message) {
        super(message);
    }
}
