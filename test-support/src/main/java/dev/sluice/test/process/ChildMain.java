package dev.sluice.test.process;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/** The main class of child processes: runs the given main method until standard input ends, which means that the parent has died. */
final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("parent-watch").start(ChildMain::haltWithParent);
        MethodHandle main = MethodHandles.lookup()
                .findStatic(Class.forName(arguments[0]), "main", MethodType.methodType(void.class, String[].class));
        main.invokeExact(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void haltWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; an open stream shows that it is alive.
            }
        } catch (IOException e) {
            // Treated as the end of the stream.
        }
        Runtime.getRuntime().halt(1);
    }
}
