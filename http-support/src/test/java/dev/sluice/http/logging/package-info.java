@NullMarked
package dev.sluice.http.logging;

import org.jspecify.annotations.NullMarked;
