package dev.sluice.processor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.assertj.core.api.AbstractDoubleAssert;

/** What a counter says, with its name in a failure's message. */
public final class CounterAssert {

    private CounterAssert() {}

    public static AbstractDoubleAssert<?> assertCounter(MeterRegistry meters, String name, String... tags) {
        return assertThat(meters.get(name).tags(tags).counter().count()).as("%s %s", name, List.of(tags));
    }
}
