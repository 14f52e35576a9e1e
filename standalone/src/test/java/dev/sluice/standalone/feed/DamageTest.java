package dev.sluice.standalone.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class DamageTest {

    private static final Segment SEGMENT = new Segment(3, List.of(new byte[0], new byte[0]));

    @Test
    void saysUnderWhichIdsLinesMayBeStored() {
        assertThat(ids("{\"id_ranges\":[{\"first\":7,\"last\":8},{\"first\":9,\"last\":9}]}"))
                .isEqualTo("ids 7 to 9");
        assertThat(ids("{\"id_ranges\":[{\"first\":7,\"last\":8}],\"more_ids\":1}"))
                .isEqualTo("ids from 7 on");
    }

    @Test
    void inventsNoIds() {
        assertThat(ids("{\"accepted\":2,\"id_ranges\":[]}")).isEqualTo("ids that are not known");
        assertThat(ids("{\"accepted\":2}")).isEqualTo("ids that are not known");
    }

    private static String ids(String answer) {
        return Damage.of(SEGMENT, SegmentAnswer.of(JsonMapper.shared().readTree(answer)))
                .ids();
    }
}
