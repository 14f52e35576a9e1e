package dev.sluice.processor.read.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class KnownLargeTest {

    @Test
    void remembersNoMoreThanSoMany() {
        KnownLarge<Integer> known = new KnownLarge<>();
        int many = 2 * KnownLarge.MOST + 1;

        for (int key = 0; key < many; key++) {
            known.add(key, new FoundSubmission.Reduced(new BsonDocument()));
        }

        assertThat(IntStream.range(0, many).filter(key -> known.find(key).isPresent()))
                .hasSizeLessThanOrEqualTo(KnownLarge.MOST)
                .contains(many - 1);
    }
}
