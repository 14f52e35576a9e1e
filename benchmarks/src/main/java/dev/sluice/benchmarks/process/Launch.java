package dev.sluice.benchmarks.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a process.
 *
 * @param environment added to this process's environment, without Sluice's own variables
 */
public record Launch(String name, List<String> command, Map<String, String> environment) {

    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** A main class on this JVM's class path, run by the same Java. */
    public static Launch ofOurs(String name, Class<?> main, List<String> jvmOptions, List<String> arguments) {
        return ofClassPath(name, System.getProperty("java.class.path"), main.getName(), jvmOptions, arguments);
    }

    private static Launch ofClassPath(
            String name, String classPath, String main, List<String> jvmOptions, List<String> arguments) {
        List<String> command = java(jvmOptions);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return new Launch(name, command, Map.of());
    }

    /** A main class on the peers' class path, which the build prepares. */
    public static Launch ofPeer(String name, Path root, String main, List<String> jvmOptions, List<String> arguments) {
        Path target = root.resolve("benchmarks/target").toAbsolutePath();
        String classPath = target.resolve("peers") + "/*:" + target.resolve("benchmarks.jar");
        return ofClassPath(name, classPath, main, jvmOptions, arguments);
    }

    /** A jar as it is shipped. */
    public static Launch ofJar(String name, Path jar, List<String> jvmOptions, List<String> arguments) {
        List<String> command = java(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return new Launch(name, command, Map.of());
    }

    public Launch withEnvironment(Map<String, String> environment) {
        return new Launch(name, command, environment);
    }

    private static List<String> java(List<String> jvmOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvmOptions);
        return command;
    }
}
