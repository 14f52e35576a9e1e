@NullMarked
package dev.sluice.http.share;

import org.jspecify.annotations.NullMarked;
