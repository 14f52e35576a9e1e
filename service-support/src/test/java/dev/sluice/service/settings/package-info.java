/** Tests of settings from the environment. */
@NullMarked
package dev.sluice.service.settings;

import org.jspecify.annotations.NullMarked;
