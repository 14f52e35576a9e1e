/** {@code sluice set-aside}: has processing go on without a record that it stands still at. */
@NullMarked
package dev.sluice.standalone.setaside;

import org.jspecify.annotations.NullMarked;
