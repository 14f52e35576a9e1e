package dev.sluice.test.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a child process is started: with a heap that is small and a compiler that is quick.
 *
 * @param name names it and its log
 * @param program what the JVM runs, as on its command line
 * @param arguments for main
 * @param environment added to this JVM's
 * @param jvmOptions added to those that all children have, the last one wins
 * @param shell put before the command, as in {@code unshare -m}; it has to end in executing what follows it
 */
public record Launch(
        String name,
        List<String> program,
        List<String> arguments,
        Map<String, String> environment,
        List<String> jvmOptions,
        List<String> shell) {

    public Launch {
        program = List.copyOf(program);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
        shell = List.copyOf(shell);
    }

    /** A main class of this JVM's class path. It ends when this JVM does. */
    public static Launch of(String name, String mainClass) {
        return of(name, List.of("-cp", System.getProperty("java.class.path"), ChildMain.class.getName(), mainClass));
    }

    /** A jar as it is shipped, with the class path that its manifest gives. */
    public static Launch ofJar(String name, Path jar) {
        return of(name, List.of("-jar", jar.toString()));
    }

    private static Launch of(String name, List<String> program) {
        return new Launch(name, program, List.of(), Map.of(), List.of(), List.of());
    }

    /** Has these arguments. */
    public Launch withArguments(List<String> arguments) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }

    /** Has these variables beside those of this JVM. */
    public Launch withEnvironment(Map<String, String> environment) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }

    /** Has these options of the JVM. */
    public Launch withJvmOptions(List<String> jvmOptions) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }

    /** Is started through this. */
    public Launch withShell(List<String> shell) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }
}
