/** Checks the API's responses in tests against its description, docs/api/openapi.yaml. */
@NullMarked
package dev.sluice.test.openapi;

import org.jspecify.annotations.NullMarked;
