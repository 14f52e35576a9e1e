/** Who may call: access tokens, users and roles, as the access-tokens topic carries them. */
@NullMarked
package dev.sluice.contract.access;

import org.jspecify.annotations.NullMarked;
