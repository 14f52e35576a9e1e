package dev.sluice.processor.read.page;

import dev.sluice.contract.error.Problem;
import dev.sluice.http.api.ProblemException;
import dev.sluice.processor.read.page.OrderedList.Range;
import dev.sluice.processor.read.page.OrderedList.Run;
import dev.sluice.processor.read.request.QueryParameters;
import java.util.List;

/**
 * A page of a list.
 *
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
        Range<K> range = wanted.range();
        Run<T> run = list.fetch(range, wanted.limit());
        if (wanted.isNumbered()) {
            check(run, range.skip(), wanted.limit());
        }
        boolean isAnyBehind = isAnyBehind(list, range, run);
        return range.direction() == wanted.ordering()
                ? new Page<>(run.items(), isAnyBehind, run.more())
                : new Page<>(run.items().reversed(), run.more(), isAnyBehind);
    }

    private static void check(Run<?> numbered, int skip, int limit) {
        if (numbered.items().isEmpty() && skip > 0) {
            throw new ProblemException(Problem.INVALID_PAGE);
        }
        if (numbered.more() && numbered.items().size() < limit) {
            throw QueryParameters.refusal(PageRequest.PAGE, TOO_LARGE);
        }
    }

    private static <K, T> boolean isAnyBehind(OrderedList<K, T> list, Range<K> range, Run<T> run) {
        if (range.beyond() == null) {
            return range.skip() > 0;
        }
        return !run.items().isEmpty()
                && list.hasAny(new Range<>(
                        list.key(run.items().getFirst()), range.direction().opposite(), 0));
    }
}
