package dev.sluice.standalone.command;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** The data folder of a command that is told nothing else. The command says once on standard error that it uses it. */
public final class DefaultFolder {

    private final Path folder;
    private boolean isSaid;

    public DefaultFolder() {
        this(FolderLock.DEFAULT_FOLDER);
    }

    public DefaultFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether there is such a folder. */
    public boolean isThere() {
        return Files.exists(FolderLock.in(folder));
    }

    /** The folder, for {@code command} to use. */
    public Path use(CommandSpec command) {
        if (!isSaid) {
            isSaid = true;
            command.commandLine()
                    .getErr()
                    .println("sluice: using the folder " + folder + ", because nothing else is given");
        }
        return folder;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
