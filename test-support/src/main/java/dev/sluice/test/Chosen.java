package dev.sluice.test;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chooses the backing service for the tests of this JVM, and reports the choice once on standard output. */
final class Chosen {

    private Chosen() {}

    /** Returns the address of the service. */
    static String address(String what, String variable, Supplier<String> container, Supplier<String> embedded) {
        String given = given(variable);
        if (!given.isBlank()) {
            return said(what, given, "given by " + variable, null);
        }
        RuntimeException failure = null;
        if (Docker.answers()) {
            try {
                return said(what, container.get(), "in a container", null);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        return said(what, embedded.get(), "embedded", failure);
    }

    /** The address of a running service, or nothing. */
    static String given(String variable) {
        return System.getenv().getOrDefault(variable, "");
    }

    private static String said(String what, String address, String how, @Nullable RuntimeException failure) {
        String instead = failure == null
                ? ""
                : " (Docker answers, but the container did not start: " + failure.getMessage() + ")";
        // A given address may contain a password.
        String where = address.replaceFirst("//[^@/]*@", "//***@");
        System.out.println("Tests run against " + what + " at " + where + ", " + how + instead);
        return address;
    }
}
