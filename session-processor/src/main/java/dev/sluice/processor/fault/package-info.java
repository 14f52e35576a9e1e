/** Records that our own code fails on, and the decisions to set them aside. */
@NullMarked
package dev.sluice.processor.fault;

import org.jspecify.annotations.NullMarked;
