/** Tests of settings from the environment. */
@NullMarked
package dev.sluice.http.settings;

import org.jspecify.annotations.NullMarked;
