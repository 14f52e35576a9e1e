/** How a service begins as a process. */
@NullMarked
package dev.sluice.http.service;

import org.jspecify.annotations.NullMarked;
