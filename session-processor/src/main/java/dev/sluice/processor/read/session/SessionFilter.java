package dev.sluice.processor.read.session;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.model.Filters;
import dev.sluice.contract.submission.AnalysisType;
import dev.sluice.contract.submission.Texts;
import dev.sluice.processor.read.request.QueryParameters;
import dev.sluice.processor.store.StoreIndexes;
import dev.sluice.processor.store.SubmissionFields;
import dev.sluice.processor.store.SubmissionKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.bson.conversions.Bson;

/**
 * Selects some of a project's sessions.
 *
 * @param ref only sessions with exactly this reference
 * @param createdAfter only sessions received at this time or later, in whole milliseconds
 * @param createdBefore only sessions received before this time, in whole milliseconds
 */
record SessionFilter(
        Optional<AnalysisType> type,
        Optional<String> ref,
        OptionalLong updater,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore) {

    /** Reads the filter from a query. Errors are collected in {@code query}. */
    static SessionFilter of(QueryParameters query) {
        return new SessionFilter(
                query.value("analysis_type", AnalysisType::ofSession, Texts::notAChoice),
                query.text("analysis_ref"),
                query.number("updater"),
                query.value("created_after", QueryTime::parse, QueryTime::notATime),
                query.value("created_before", QueryTime::parse, QueryTime::notATime));
    }

    /** Whether the filter selects by type at most, which is as fine as the counts that are kept while sessions are stored. */
    boolean isOfTypeAtMost() {
        return ref.isEmpty() && updater.isEmpty() && createdAfter.isEmpty() && createdBefore.isEmpty();
    }

    /** The index with the selected sessions in id order, or with all sessions of the type if no index has exactly the selected ones. */
    String index() {
        return ref.isPresent() ? StoreIndexes.BY_KIND_AND_REF : StoreIndexes.BY_KIND_AND_TYPE;
    }

    /**
     * The filter as a query to the store.
     *
     * @param ids what the log says about the ids of the selected sessions
     * @param types supplies the slugs of all types that the project's sessions may have
     */
    Bson query(long project, CreationTimes.CreatedIds ids, Supplier<? extends Collection<String>> types) {
        List<Bson> all = new ArrayList<>();
        all.add(eq(SubmissionFields.PROJECT, project));
        all.add(eq(SubmissionFields.KIND, SubmissionKind.SESSION.slug()));
        if (type.isPresent()) {
            all.add(eq(SubmissionFields.ANALYSIS_TYPE, type.get().slug()));
        } else if (ref.isEmpty()) {
            // Naming all types lets MongoDB merge one sorted run of the index per type.
            all.add(in(SubmissionFields.ANALYSIS_TYPE, types.get()));
        }
        ref.ifPresent(text -> all.add(eq(SubmissionFields.ANALYSIS_REF, text)));
        updater.ifPresent(user -> all.add(eq(SubmissionFields.UPDATER + ".id", user)));
        createdAfter.ifPresent(time -> all.add(gte(SubmissionFields.RECEIVED, Date.from(time))));
        createdBefore.ifPresent(time -> all.add(lt(SubmissionFields.RECEIVED, Date.from(time))));
        ids.from().ifPresent(id -> all.add(gte(SubmissionFields.ID, id)));
        ids.before().ifPresent(id -> all.add(lt(SubmissionFields.ID, id)));
        return Filters.and(all);
    }
}
