package dev.sluice.http.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Discards everything written. */
final class NoAnswer implements DataWriter {

    @Override
    public void write(BufferData... buffers) {}

    @Override
    public void write(BufferData buffer) {}

    @Override
    public void writeNow(BufferData... buffers) {}

    @Override
    public void writeNow(BufferData buffer) {}
}
