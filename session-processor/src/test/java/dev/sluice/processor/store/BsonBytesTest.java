package dev.sluice.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BsonBytesTest {

    private final BsonBytes bytes = new BsonBytes(1 << 20);

    @Test
    void keepTheMemoryThatTheyMay() {
        bytes.reserve(1 << 20);

        bytes.clear();

        assertThat(bytes.array()).hasSize(1 << 20);
    }

    @Test
    void giveBackTheMemoryThatALargeSubmissionTook() {
        bytes.reserve(2 << 20);

        bytes.clear();

        assertThat(bytes.array()).hasSizeLessThanOrEqualTo(1 << 20);
    }
}
