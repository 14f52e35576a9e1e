package dev.sluice.benchmarks.process;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A message from a child process to its parent.
 *
 * @param rest numbers by name, as {@code name=value name=value}
 */
public record Said(String word, String rest) {

    static final String MARK = "@@ ";
    static final String END = "end";

    public static void say(String word, Map<String, Double> numbers) {
        StringBuilder line = new StringBuilder(MARK).append(word);
        new TreeMap<>(numbers).forEach((name, value) -> line.append(String.format(Locale.ROOT, " %s=%s", name, value)));
        System.out.println(line);
        System.out.flush();
    }

    public double number(String name) {
        for (String pair : rest.split(" ", -1)) {
            if (pair.startsWith(name + "=")) {
                return Double.parseDouble(pair.substring(name.length() + 1));
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" was said without " + name + ": " + rest);
    }

    static Said parse(String line) {
        String text = line.substring(MARK.length());
        int space = text.indexOf(' ');
        return space < 0 ? new Said(text, "") : new Said(text.substring(0, space), text.substring(space + 1));
    }
}
