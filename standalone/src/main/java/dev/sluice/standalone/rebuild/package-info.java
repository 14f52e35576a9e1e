/** {@code sluice rebuild}: the projection is made anew from the log. */
@NullMarked
package dev.sluice.standalone.rebuild;

import org.jspecify.annotations.NullMarked;
