package dev.sluice.ingest.feed;

import java.util.zip.ZipException;

/** Compressed data were changed on their way or on a disk, which shows only after part of what they expand to was used. */
final class DamagedDataException extends ZipException {

    DamagedDataException(String message) {
        super(message);
    }
}
