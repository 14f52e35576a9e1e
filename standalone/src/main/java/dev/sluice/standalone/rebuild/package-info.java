/** {@code sluice rebuild}: rebuilds the projection from the log. */
@NullMarked
package dev.sluice.standalone.rebuild;

import org.jspecify.annotations.NullMarked;
