/** Settings from the process's environment. */
@NullMarked
package dev.sluice.service.settings;

import org.jspecify.annotations.NullMarked;
