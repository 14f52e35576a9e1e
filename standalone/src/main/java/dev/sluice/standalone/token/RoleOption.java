package dev.sluice.standalone.token;

import dev.sluice.contract.access.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a role from its slug. */
final class RoleOption implements ITypeConverter<Role> {

    @Override
    public Role convert(String text) {
        try {
            return Role.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
