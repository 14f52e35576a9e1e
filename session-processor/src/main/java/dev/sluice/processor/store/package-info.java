/** MongoDB as all of the projection uses it: the connection, guarded writes and folds, and the document that each record of the log becomes. */
@NullMarked
package dev.sluice.processor.store;

import org.jspecify.annotations.NullMarked;
