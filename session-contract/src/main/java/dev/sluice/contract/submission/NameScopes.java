package dev.sluice.contract.submission;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names seen so far in each open object, to find duplicates. A few names are searched linearly in a reused array; more go into a set, so that the
 * cost per name stays constant even in an object of a million names.
 */
final class NameScopes {

    private static final int FEW = 12;

    private String[] names = new String[8];
    private int end;
    private int[] starts = new int[4];
    private @Nullable Set<String>[] sets = newSets(4);
    private int depth = -1;

    void clear() {
        while (depth >= 0) {
            close();
        }
    }

    void open() {
        depth++;
        if (depth == starts.length) {
            starts = Arrays.copyOf(starts, depth * 2);
            sets = Arrays.copyOf(sets, depth * 2);
        }
        starts[depth] = end;
        sets[depth] = null;
    }

    void close() {
        end = starts[depth];
        sets[depth] = null;
        depth--;
    }

    /** Adds a name to the innermost object; false if it is already there. */
    boolean add(String name) {
        Set<String> set = sets[depth];
        if (set != null) {
            return set.add(name);
        }
        for (int i = starts[depth]; i < end; i++) {
            if (names[i].equals(name)) {
                return false;
            }
        }
        if (end - starts[depth] == FEW) {
            Set<String> many = new HashSet<>(Arrays.asList(names).subList(starts[depth], end));
            sets[depth] = many;
            return many.add(name);
        }
        if (end == names.length) {
            names = Arrays.copyOf(names, end * 2);
        }
        names[end++] = name;
        return true;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable Set<String>[] newSets(int length) {
        return new Set[length];
    }
}
