package dev.sluice.standalone.command;

import java.io.Console;

/** Tells whether a terminal is attached, where one line that is overwritten is easier to read than many lines. */
public final class Terminal {

    private Terminal() {}

    // On JDK 25, unlike 22 to 24, there is no console if standard input or output is redirected.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isThere() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
