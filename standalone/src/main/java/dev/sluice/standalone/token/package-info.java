/** {@code sluice token}: creates, lists and revokes access tokens, in the topic that holds them. */
@NullMarked
package dev.sluice.standalone.token;

import org.jspecify.annotations.NullMarked;
