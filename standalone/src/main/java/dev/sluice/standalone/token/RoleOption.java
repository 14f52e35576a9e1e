package dev.sluice.standalone.token;

import dev.sluice.contract.access.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A role by its slug. */
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
