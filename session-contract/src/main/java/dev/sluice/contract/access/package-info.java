/** Access control: access tokens, users and roles, as in the access-tokens topic. */
@NullMarked
package dev.sluice.contract.access;

import org.jspecify.annotations.NullMarked;
