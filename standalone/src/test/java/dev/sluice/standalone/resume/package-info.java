@NullMarked
package dev.sluice.standalone.resume;

import org.jspecify.annotations.NullMarked;
