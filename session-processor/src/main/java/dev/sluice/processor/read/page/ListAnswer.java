package dev.sluice.processor.read.page;

import dev.sluice.contract.text.Json;
import dev.sluice.http.api.Answer;
import dev.sluice.http.api.ApiRequest;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import tools.jackson.core.JsonGenerator;

/** Writes lists as the API shows them: only the results if they are complete and no page size was given, else with count and links. */
public final class ListAnswer {

    private ListAnswer() {}

    /**
     * Answers a request for a page.
     *
     * @param count supplies the total number of items; called only if it is shown
     * @param writer writes one item
     */
    public static <K, T> Answer of(
            ApiRequest request,
            PageRequest<K> wanted,
            OrderedList<K, T> list,
            Page<T> page,
            LongSupplier count,
            BiConsumer<T, JsonGenerator> writer) {
        boolean isAll = wanted.size().isEmpty() && !page.hasPrevious() && !page.hasNext();
        return Answer.ok(Json.write(json -> {
            json.writeStartObject();
            if (!isAll) {
                PageLinks links = new PageLinks(request, wanted.limit());
                json.writeNumberProperty("count", count.getAsLong());
                json.writeStringProperty(
                        "next",
                        page.hasNext() ? links.beyond(list.key(page.items().getLast()), wanted.ordering()) : null);
                json.writeStringProperty(
                        "previous",
                        page.hasPrevious()
                                ? links.beyond(
                                        list.key(page.items().getFirst()),
                                        wanted.ordering().opposite())
                                : null);
            }
            json.writeArrayPropertyStart("results");
            page.items().forEach(item -> writer.accept(item, json));
            json.writeEndArray();
            json.writeEndObject();
        }));
    }
}
