package dev.sluice.test;

import java.util.Locale;
import java.util.UUID;

/** Generates names that include the test's name and are unique across runs; short enough for a database. */
final class UniqueName {

    private static final int MAX_CLASS_LENGTH = 40;

    private UniqueName() {}

    static String of(Class<?> test) {
        String name = test.getSimpleName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String random = UUID.randomUUID().toString().substring(0, 8);
        return name.substring(0, Math.min(name.length(), MAX_CLASS_LENGTH)) + "-" + random;
    }
}
