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

    /** Whether there is such a folder, and a standalone has made it: other programs too have a file of the lock's name. */
    public boolean isThere() {
        return Files.exists(FolderLock.in(folder)) && Files.isDirectory(folder.resolve("kafka"));
    }

    /** The folder, without saying that it is used. */
    Path path() {
        return folder;
    }

    /** The folder, for {@code command} to use. */
    public Path use(CommandSpec command) {
        say(command, "the folder " + folder + ", because nothing else is given");
        return folder;
    }

    /** Says that the command uses the folder's token, unless it has said that it uses the folder. */
    void sayToken(CommandSpec command) {
        say(command, "the token of the folder " + folder);
    }

    private void say(CommandSpec command, String what) {
        if (!isSaid) {
            isSaid = true;
            command.commandLine().getErr().println("sluice: using " + what);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
