/** An installation as docs/security.md says: with TLS everywhere, and with the rights listed there and no others. */
@NullMarked
package dev.sluice.endtoend.security;

import org.jspecify.annotations.NullMarked;
