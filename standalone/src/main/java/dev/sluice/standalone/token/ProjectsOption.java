package dev.sluice.standalone.token;

import dev.sluice.contract.access.Projects;
import dev.sluice.contract.topic.ProjectKey;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses projects: {@code all}, or ids separated by commas. */
final class ProjectsOption implements ITypeConverter<Projects> {

    @Override
    public Projects convert(String text) {
        if (text.equals("all")) {
            return new Projects.All();
        }
        Set<Long> ids = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            OptionalLong id = ProjectKey.parse(part.strip());
            if (id.isEmpty()) {
                throw new TypeConversionException(
                        "\"" + part + "\" is not a project: expected all, or positive numbers like 1,2");
            }
            ids.add(id.getAsLong());
        }
        return new Projects.Named(ids);
    }

    static String text(Projects projects) {
        return switch (projects) {
            case Projects.All all -> "all";
            case Projects.Named named ->
                named.ids().stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        };
    }
}
