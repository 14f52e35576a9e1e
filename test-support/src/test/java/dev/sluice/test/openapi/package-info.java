/** Tests that the check of responses detects errors in them. */
@NullMarked
package dev.sluice.test.openapi;

import org.jspecify.annotations.NullMarked;
