/** Tests of starting a service as a process. */
@NullMarked
package dev.sluice.http.service;

import org.jspecify.annotations.NullMarked;
