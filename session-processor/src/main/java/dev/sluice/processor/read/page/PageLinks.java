package dev.sluice.processor.read.page;

import dev.sluice.http.api.ApiRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Links to the pages beside a page: the address that was asked for, with everything that was given, but the place as an id, so that a page
 * costs the same however deep it is.
 */
final class PageLinks {

    private static final Set<String> OURS =
            Set.of(PageRequest.PAGE_SIZE, PageRequest.PAGE, PageRequest.BEFORE, PageRequest.AFTER);

    private final String address;
    private final String kept;
    private final int size;

    /** Links to pages of a size. */
    PageLinks(ApiRequest request, int size) {
        String pathAndQuery = request.pathAndQuery();
        int question = pathAndQuery.indexOf('?');
        this.address = request.baseUrl() + (question < 0 ? pathAndQuery : pathAndQuery.substring(0, question));
        this.kept = question < 0 ? "" : keep(pathAndQuery.substring(question + 1));
        this.size = size;
    }

    /** The page of those nearest beyond a key. */
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
            // Whatever a broken escape means, it is no name of ours.
            return encoded;
        }
    }
}
