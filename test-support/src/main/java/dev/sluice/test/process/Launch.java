package dev.sluice.test.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start a child process, with a small heap and a fast compiler.
 *
 * @param jvmOptions added to the options of all children; the last one wins
 * @param shell a prefix of the command, such as {@code unshare -m}, which must execute what follows it
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

    /** A main class of the shipped jar or the tests. The process ends when this JVM does. */
    public static Launch of(String name, String mainClass) {
        ClassCache cache = ClassCache.shared();
        String classPath = cache == null ? System.getProperty("java.class.path") : cache.classPath();
        return cached(name, cache, List.of("-cp", classPath, ChildMain.class.getName(), mainClass));
    }

    /** The shipped jar, with the class path in its manifest. */
    public static Launch ofJar(String name, Path jar) {
        return cached(name, ClassCache.shared(), List.of("-jar", jar.toString()));
    }

    private static Launch cached(String name, @Nullable ClassCache cache, List<String> program) {
        List<String> all = new ArrayList<>(cache == null ? List.of() : cache.options());
        all.addAll(program);
        return ofProgram(name, all);
    }

    static Launch ofProgram(String name, List<String> program) {
        return new Launch(name, program, List.of(), Map.of(), List.of(), List.of());
    }

    public Launch withArguments(List<String> arguments) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }

    public Launch withEnvironment(Map<String, String> environment) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }

    public Launch withJvmOptions(List<String> jvmOptions) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }

    public Launch withShell(List<String> shell) {
        return new Launch(name, program, arguments, environment, jvmOptions, shell);
    }
}
