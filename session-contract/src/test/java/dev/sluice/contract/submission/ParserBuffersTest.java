package dev.sluice.contract.submission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.core.util.BufferRecycler;

class ParserBuffersTest {

    private final ParserBuffers buffers = new ParserBuffers();

    @Test
    void givesAThreadTheBuffersAgainThatItGaveBack() {
        BufferRecycler first = buffers.acquirePooled();
        buffers.releasePooled(first);

        assertThat(buffers.acquirePooled()).isSameAs(first);
    }

    @Test
    void givesNobodyBuffersThatAreInUse() {
        BufferRecycler first = buffers.acquirePooled();

        assertThat(buffers.acquirePooled()).isNotSameAs(first);
    }
}
