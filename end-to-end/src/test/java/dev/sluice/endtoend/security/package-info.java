/** An installation according to docs/security.md, with TLS everywhere and only the ACLs listed there. */
@NullMarked
package dev.sluice.endtoend.security;

import org.jspecify.annotations.NullMarked;
