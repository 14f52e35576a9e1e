@NullMarked
package dev.sluice.standalone.feed;

import org.jspecify.annotations.NullMarked;
