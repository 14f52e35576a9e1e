/** Settings from the environment. */
@NullMarked
package dev.sluice.http.service;

import org.jspecify.annotations.NullMarked;
