/** Tests of the package. */
@NullMarked
package dev.sluice.standalone.kafka;

import org.jspecify.annotations.NullMarked;
