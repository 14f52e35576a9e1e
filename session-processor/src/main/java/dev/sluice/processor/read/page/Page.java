package dev.sluice.processor.read.page;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.read.request.QueryParameters;
import java.util.List;

/**
 * A page of a list.
 *
 * @param <T> the type of the items
 * @param items in the requested order
 * @param hasPrevious whether there is a page before it
 * @param hasNext whether there is a page after it
 */
public record Page<T>(List<T> items, boolean hasPrevious, boolean hasNext) {

    static final String TOO_LARGE =
            "These results are too large for one page: expected a smaller page_size, or no page and then what next says.";

    /**
     * Fetches a page.
     *
     * @throws ProblemException 404 if no page has the requested number; 400 if a numbered page would end early, since the next one would then
     *     skip the missing items
     */
    public static <K, T> Page<T> fetch(OrderedList<K, T> list, PageRequest<K> wanted) {
        return switch (wanted.place()) {
            case Place.First<K>() -> {
                Run<T> run = list.fetch(new Range<>(null, wanted.ordering(), 0), wanted.limit());
                yield new Page<>(run.items(), false, run.more());
            }
            case Place.Numbered<K>(int skip) -> {
                Run<T> run = list.fetch(new Range<>(null, wanted.ordering(), skip), wanted.limit());
                if (run.items().isEmpty() && skip > 0) {
                    throw new ProblemException(Problem.INVALID_PAGE);
                }
                if (run.more() && run.items().size() < wanted.limit()) {
                    throw QueryParameters.refusal(PageRequest.PAGE, TOO_LARGE);
                }
                yield new Page<>(run.items(), skip > 0, run.more());
            }
            case Place.Beyond<K>(K key, Direction direction) -> {
                Run<T> run = list.fetch(new Range<>(key, direction, 0), wanted.limit());
                boolean behind = !run.items().isEmpty()
                        && list.hasAny(new Range<>(list.key(run.items().getFirst()), direction.opposite(), 0));
                yield direction == wanted.ordering()
                        ? new Page<>(run.items(), behind, run.more())
                        : new Page<>(run.items().reversed(), run.more(), behind);
            }
        };
    }
}
