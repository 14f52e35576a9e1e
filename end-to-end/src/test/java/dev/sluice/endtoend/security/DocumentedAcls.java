package dev.sluice.endtoend.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** The ACLs that the commands in docs/security.md create, as kafka-acls.sh would. */
record DocumentedAcls(List<AclBinding> rights) {

    private static final String COMMAND = "acl ";

    DocumentedAcls {
        rights = List.copyOf(rights);
    }

    /** Parses each line of the page that begins with {@code acl}. */
    static DocumentedAcls read() {
        Path page = Path.of(System.getProperty("sluice.root"), "docs", "security.md");
        try {
            return new DocumentedAcls(Files.readAllLines(page).stream()
                    .filter(line -> line.startsWith(COMMAND))
                    .flatMap(line -> given(line.split("\\s+")).stream())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The users with at least one ACL. */
    Set<String> users() {
        return rights.stream()
                .map(right -> SecurityUtils.parseKafkaPrincipal(right.entry().principal())
                        .getName())
                .collect(Collectors.toSet());
    }

    private static List<AclBinding> given(String[] words) {
        List<String> principals = new ArrayList<>();
        List<AclOperation> operations = new ArrayList<>();
        List<ResourcePattern> resources = new ArrayList<>();
        for (int i = 1; i < words.length; i += 2) {
            String value = words[i + 1];
            switch (words[i]) {
                case "--allow-principal" -> principals.add(value);
                case "--operation" -> operations.add(SecurityUtils.operation(value));
                case "--topic" -> resources.add(literal(ResourceType.TOPIC, value));
                case "--group" -> resources.add(literal(ResourceType.GROUP, value));
                default -> throw new AssertionError("docs/security.md has a right that is not understood: " + words[i]);
            }
        }
        List<AclBinding> rights = new ArrayList<>();
        for (String principal : principals) {
            for (AclOperation operation : operations) {
                for (ResourcePattern resource : resources) {
                    rights.add(new AclBinding(
                            resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
                }
            }
        }
        return rights;
    }

    private static ResourcePattern literal(ResourceType type, String name) {
        return new ResourcePattern(type, name, PatternType.LITERAL);
    }
}
