package dev.sluice.http.server;

import io.helidon.http.Headers;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.encoding.ContentEncodingContextConfig;

/**
 * Passes bodies on as sent, whatever their Content-Encoding: Helidon would respond 400 to an unknown one, but the
 * contract requires 415.
 */
final class UndecodedBodies implements ContentEncodingContext {

    private final ContentEncodingContext none = ContentEncodingContext.builder()
            .contentEncodingsDiscoverServices(false)
            .build();

    @Override
    public ContentEncodingContextConfig prototype() {
        return none.prototype();
    }

    @Override
    public boolean contentEncodingEnabled() {
        return false;
    }

    @Override
    public boolean contentDecodingEnabled() {
        return true;
    }

    @Override
    public boolean contentEncodingSupported(String encoding) {
        return false;
    }

    @Override
    public boolean contentDecodingSupported(String encoding) {
        return true;
    }

    @Override
    public ContentEncoder encoder(String encoding) {
        return ContentEncoder.NO_OP;
    }

    @Override
    public ContentDecoder decoder(String encoding) {
        return ContentDecoder.NO_OP;
    }

    @Override
    public ContentEncoder encoder(Headers headers) {
        return ContentEncoder.NO_OP;
    }
}
