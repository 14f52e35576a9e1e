/** Settings from the process's environment. */
@NullMarked
package dev.sluice.http.settings;

import org.jspecify.annotations.NullMarked;
