package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ImagesTest {

    @Test
    void areThoseThatAreShipped() {
        assertThat(Path.of("..", "docker-compose.yml"))
                .content()
                .contains("image: " + TestKafka.IMAGE + "\n", "image: " + TestMongo.IMAGE + "\n");
    }
}
