package dev.sluice.processor.read.page;

import dev.sluice.http.api.ApiRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Links to the previous and next pages: the requested address with all its parameters, but with the place as an id, so that a page costs the
 * same at any depth.
 */
final class PageLinks {

    private static final Set<String> OURS =
            Set.of(PageRequest.PAGE_SIZE, PageRequest.PAGE, PageRequest.BEFORE, PageRequest.AFTER);

    private final String address;
    private final String kept;
    private final int size;

    PageLinks(ApiRequest request, int size) {
        String pathAndQuery = request.pathAndQuery();
        int question = pathAndQuery.indexOf('?');
        this.address = request.baseUrl() + (question < 0 ? pathAndQuery : pathAndQuery.substring(0, question));
        this.kept = question < 0 ? "" : keep(pathAndQuery.substring(question + 1));
        this.size = size;
    }

    /** The page of the nearest items beyond a key. */
    String beyond(Object key, Direction direction) {
        String parameter = direction == Direction.UP ? PageRequest.AFTER : PageRequest.BEFORE;
        return address + "?" + kept + PageRequest.PAGE_SIZE + "=" + size + "&" + parameter + "=" + key;
    }

    private static String keep(String query) {
        StringJoiner rest = new StringJoiner("&", "", "&").setEmptyValue("");
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty() && !OURS.contains(name(pair))) {
                rest.add(pair);
            }
        }
        return rest.toString();
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        String encoded = equals < 0 ? pair : pair.substring(0, equals);
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            // A broken escape is not one of our parameters' names.
            return encoded;
        }
    }
}
