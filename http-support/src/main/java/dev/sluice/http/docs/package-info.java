/** The API's description, the guide, and a page to browse and try them, open to everybody who can reach the port. */
@NullMarked
package dev.sluice.http.docs;

import org.jspecify.annotations.NullMarked;
