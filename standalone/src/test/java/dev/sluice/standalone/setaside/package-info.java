@NullMarked
package dev.sluice.standalone.setaside;

import org.jspecify.annotations.NullMarked;
