package dev.sluice.test.process;

import java.util.List;
import java.util.Map;

/**
 * How a child process is started: from this JVM's class path, with a heap that is small and a compiler that is quick.
 *
 * @param name names it and its log
 * @param mainClass the class whose main method runs
 * @param arguments for main
 * @param environment added to this JVM's
 * @param jvmOptions added to those that all children have, the last one wins
 * @param shell put before the command, as in {@code unshare -m}; it has to end in executing what follows it
 */
public record Launch(
        String name,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment,
        List<String> jvmOptions,
        List<String> shell) {

    public Launch {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        jvmOptions = List.copyOf(jvmOptions);
        shell = List.copyOf(shell);
    }

    /** With nothing but a main class. */
    public static Launch of(String name, String mainClass) {
        return new Launch(name, mainClass, List.of(), Map.of(), List.of(), List.of());
    }

    /** Has these arguments. */
    public Launch withArguments(List<String> arguments) {
        return new Launch(name, mainClass, arguments, environment, jvmOptions, shell);
    }

    /** Has these variables beside those of this JVM. */
    public Launch withEnvironment(Map<String, String> environment) {
        return new Launch(name, mainClass, arguments, environment, jvmOptions, shell);
    }

    /** Has these options of the JVM. */
    public Launch withJvmOptions(List<String> jvmOptions) {
        return new Launch(name, mainClass, arguments, environment, jvmOptions, shell);
    }

    /** Is started through this. */
    public Launch withShell(List<String> shell) {
        return new Launch(name, mainClass, arguments, environment, jvmOptions, shell);
    }
}
