package dev.sluice.standalone.start;

import dev.sluice.standalone.command.CommandFailure;

/** Another process has the data folder open. */
final class FolderInUse extends CommandFailure {

    FolderInUse(String reason) {
        super(reason);
    }
}
