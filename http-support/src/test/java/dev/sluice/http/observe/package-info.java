@NullMarked
package dev.sluice.http.observe;

import org.jspecify.annotations.NullMarked;
