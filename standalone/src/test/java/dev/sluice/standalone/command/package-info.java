/** Tests of the package. */
@NullMarked
package dev.sluice.standalone.command;

import org.jspecify.annotations.NullMarked;
