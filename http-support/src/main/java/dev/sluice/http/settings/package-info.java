/** What a process is told by its environment. */
@NullMarked
package dev.sluice.http.settings;

import org.jspecify.annotations.NullMarked;
