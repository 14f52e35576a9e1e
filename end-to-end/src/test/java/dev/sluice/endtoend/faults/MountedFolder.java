package dev.sluice.endtoend.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A folder where a single process and its children see an in-memory file system. That requires user namespaces. */
record MountedFolder(Path folder, String options) {

    /** The prefix of the process's command. */
    List<String> shell() {
        return List.of(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                "mkdir -p \"$0\" && mount -t tmpfs -o " + options + " tmpfs \"$0\" && exec \"$@\"",
                folder.toString());
    }

    /** Skips the test, and says so, where it cannot be mounted. */
    void requirePossible(String test) throws InterruptedException {
        if (!isPossible()) {
            skip(test, "nobody may mount a disk in a user namespace here");
        }
    }

    /** Skips the test and says so. */
    static void skip(String test, String reason) {
        String skipped = test + " is SKIPPED: " + reason;
        System.out.println(skipped);
        Assumptions.abort(skipped);
    }

    /** Whether it can be mounted here. */
    boolean isPossible() throws InterruptedException {
        List<String> command = new ArrayList<>(shell());
        command.add("true");
        try {
            Process trial = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(10, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
