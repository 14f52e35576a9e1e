package dev.sluice.benchmarks.installation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreTest {

    @Test
    void namesAnotherDatabaseAndKeepsTheOptions() {
        assertThat(Store.withDatabase("mongodb://a:1,b:2", "d")).isEqualTo("mongodb://a:1,b:2/d");
        assertThat(Store.withDatabase("mongodb://a:1/other?w=1", "d")).isEqualTo("mongodb://a:1/d?w=1");
    }

    @Test
    void goesOnLookingUpTheUserWhereItWas() {
        assertThat(Store.withDatabase("mongodb://u:p@a:1", "d")).isEqualTo("mongodb://u:p@a:1/d?authSource=admin");
        assertThat(Store.withDatabase("mongodb://u:p@a:1/users?w=1", "d"))
                .isEqualTo("mongodb://u:p@a:1/d?w=1&authSource=users");
        assertThat(Store.withDatabase("mongodb://u:p@a:1/?authsource=users", "d"))
                .isEqualTo("mongodb://u:p@a:1/d?authsource=users");
    }
}
