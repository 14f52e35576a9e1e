package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestMongoTest {

    @Test
    void putsADatabaseIntoAConnectionStringWithoutOne() {
        assertThat(TestMongo.withDatabase("mongodb://a:1,b:2", "d")).isEqualTo("mongodb://a:1,b:2/d");
    }

    @Test
    void replacesTheDatabaseAndKeepsTheOptions() {
        assertThat(TestMongo.withDatabase("mongodb://a:1/other?w=1", "d")).isEqualTo("mongodb://a:1/d?w=1");
    }

    @Test
    void goesOnLookingUpTheUserWhereItWas() {
        assertThat(TestMongo.withDatabase("mongodb://u:p@a:1/users", "d"))
                .isEqualTo("mongodb://u:p@a:1/d?authSource=users");
        assertThat(TestMongo.withDatabase("mongodb://u:p@a:1/?w=1", "d"))
                .isEqualTo("mongodb://u:p@a:1/d?w=1&authSource=admin");
        assertThat(TestMongo.withDatabase("mongodb://u:p@a:1/?authsource=users", "d"))
                .isEqualTo("mongodb://u:p@a:1/d?authsource=users");
    }
}
