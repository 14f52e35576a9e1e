package dev.sluice.standalone.command;

import java.io.Console;

/** Whether somebody watches, to whom a line that changes says more than many lines. */
public final class Terminal {

    private Terminal() {}

    // JDK 25 has no console where standard input or output is redirected, whatever 22 to 24 did.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isThere() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
