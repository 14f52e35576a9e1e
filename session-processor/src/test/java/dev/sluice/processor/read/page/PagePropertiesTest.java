package dev.sluice.processor.read.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.FakeRequest;
import dev.sluice.processor.read.page.OrderedList.Range;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Following links leads through an entire list, whatever it contains and wherever its pages end. */
class PagePropertiesTest {

    /** A list in memory whose runs end early after every key divisible by seven, as if its item were large. */
    private record Keys(TreeSet<Long> keys) implements OrderedList<Long, Long> {

        @Override
        public Run<Long> fetch(Range<Long> range, int limit) {
            List<Long> run = new ArrayList<>();
            List<Long> beyond = beyond(range);
            for (Long key : beyond.subList(Math.min(range.skip(), beyond.size()), beyond.size())) {
                if (run.size() == limit || (!run.isEmpty() && run.getLast() % 7 == 0)) {
                    return new Run<>(run, true);
                }
                run.add(key);
            }
            return new Run<>(run, false);
        }

        @Override
        public boolean hasAny(Range<Long> range) {
            return !beyond(range).isEmpty();
        }

        @Override
        public Long key(Long item) {
            return item;
        }

        private List<Long> beyond(Range<Long> range) {
            List<Long> ordered = inOrder(range.direction());
            Long key = range.beyond();
            return key == null
                    ? ordered
                    : ordered.stream()
                            .filter(one -> range.direction() == Direction.UP ? one > key : one < key)
                            .toList();
        }

        List<Long> inOrder(Direction direction) {
            List<Long> up = List.copyOf(keys);
            return direction == Direction.UP ? up : up.reversed();
        }
    }

    @Property
    void leadsForthAndBackThroughEverything(
            @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 200) Long> keys,
            @ForAll @IntRange(min = 1, max = 10) int size,
            @ForAll Direction ordering) {
        Keys list = new Keys(new TreeSet<>(keys));
        List<Long> all = list.inOrder(ordering);

        List<Long> forth = new ArrayList<>();
        Page<Long> page = page(list, size, ordering, null, ordering);
        assertThat(page.hasPrevious()).isFalse();
        forth.addAll(page.items());
        while (page.hasNext()) {
            page = page(list, size, ordering, page.items().getLast(), ordering);
            forth.addAll(page.items());
        }
        List<Long> back = new ArrayList<>(page.items().reversed());
        while (page.hasPrevious()) {
            page = page(list, size, ordering, page.items().getFirst(), ordering.opposite());
            back.addAll(page.items().reversed());
        }

        assertThat(forth).isEqualTo(all);
        assertThat(back).isEqualTo(all.reversed());
    }

    @Property
    void showsEverythingByNumbersOrRefusesAPage(
            @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 200) Long> keys,
            @ForAll @IntRange(min = 1, max = 10) int size,
            @ForAll Direction ordering) {
        Keys list = new Keys(new TreeSet<>(keys));

        List<Long> shown = new ArrayList<>();
        boolean more = true;
        try {
            while (more) {
                Range<Long> range = new Range<>(null, ordering, shown.size());
                Page<Long> page = Page.fetch(list, new PageRequest<>(OptionalInt.of(size), ordering, range, true));
                shown.addAll(page.items());
                more = page.hasNext();
                assertThat(page.items().size() == size || !more).isTrue();
            }
            assertThat(shown).isEqualTo(list.inOrder(ordering));
        } catch (ProblemException refused) {
            assertThat(refused.answer().status()).isEqualTo(400);
            assertThat(keys).anyMatch(key -> key % 7 == 0);
        }
    }

    @Example
    void saysThatThereIsMoreThoughNoPageSizeWasGiven() {
        Keys list = new Keys(new TreeSet<>(List.of(7L, 8L)));

        assertThat(answer(list, null))
                .startsWith("{\"count\":2,\"next\":\"http")
                .endsWith("&after=7\",\"previous\":null,\"results\":[7]}");
        assertThat(answer(list, 7L))
                .startsWith("{\"count\":2,\"next\":null,\"previous\":\"http")
                .endsWith("&before=8\",\"results\":[8]}");
    }

    private static String answer(Keys list, @Nullable Long beyond) {
        PageRequest<Long> wanted =
                new PageRequest<>(OptionalInt.empty(), Direction.UP, new Range<>(beyond, Direction.UP, 0), false);
        Answer answer = ListAnswer.of(
                FakeRequest.list(1, ""),
                wanted,
                list,
                Page.fetch(list, wanted),
                list.keys()::size,
                (key, json) -> json.writeNumber(key));
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Page<Long> page(
            Keys list, int size, Direction ordering, @Nullable Long beyond, Direction direction) {
        return Page.fetch(
                list, new PageRequest<>(OptionalInt.of(size), ordering, new Range<>(beyond, direction, 0), false));
    }
}
